import type { Config } from '../config/config.ts'
import type { Forward } from './forward.ts'

/** All forwards of a config. This order numbers them: -L first, then -R, then -D. */
export function forwardsOf({
  localForward,
  remoteForward,
  dynamicForward,
}: Pick<Config, 'localForward' | 'remoteForward' | 'dynamicForward'>): readonly Forward[] {
  return [...localForward, ...remoteForward, ...dynamicForward]
}

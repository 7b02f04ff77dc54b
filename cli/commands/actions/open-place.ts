import type { RawFlags } from '../../config/read-flags.ts'
import type { Config } from '../../core/config/config.ts'
import type { AwsAccess } from '../../core/text/paste.ts'
import type { Composition, Context } from '../context.ts'

/** A cluster, and how its AWS is reached, as the journal or an ARN says it. */
export interface Place {
  readonly cluster: string
  readonly access: AwsAccess
}

/**
 * The way to a place other than the user's own. The place says where it is; how to get there, the user's flags may say
 * better than what was noted.
 */
export function openPlace(
  { cluster, access }: Place,
  config: Config,
  { profile, endpointUrl }: RawFlags,
  { compose }: Pick<Context, 'compose'>,
): Promise<Composition> {
  const own = {
    ...(profile !== undefined && config.profile !== undefined && { profile: config.profile }),
    ...(endpointUrl !== undefined && config.endpointUrl !== undefined && { endpointUrl: config.endpointUrl }),
  }
  return compose({ ...config, ...access, ...own, cluster })
}

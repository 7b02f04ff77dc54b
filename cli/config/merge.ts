import type { Config } from '../core/config.ts'
import type { RunFlags, Settings } from './settings.ts'

/** What holds where no layer says otherwise. */
const DEFAULTS = {
  cluster: 'default',
  inject: false,
  keepSidecars: false,
  address: 'auto',
  port: 2222,
  environment: {},
  keyType: 'ed25519',
  keyEnv: 'FARGATE_LOGIN_AUTHORIZED_KEY',
  hostKey: 'verify',
  timeout: 300,
  reconnect: 120,
  tags: true,
} as const satisfies Settings

/**
 * The one merge: the first layer that sets a key wins, `environment` adds up name by name, defaults come last.
 * `launchType` and `capacityProvider` exclude each other, so the layer that sets one silences the other below it.
 */
export function mergeConfig(
  layers: readonly Settings[],
  run: RunFlags,
  shortcuts: Config['shortcuts'],
): Config {
  let merged: Settings = {}
  for (const layer of layers) {
    const chosen = merged.launchType !== undefined || merged.capacityProvider !== undefined
    const { launchType, capacityProvider, ...rest } = layer
    const launch = {
      ...(launchType !== undefined && { launchType }),
      ...(capacityProvider !== undefined && { capacityProvider }),
    }
    const environment = { ...layer.environment, ...merged.environment }
    merged = { ...rest, ...(chosen ? {} : launch), ...merged, environment }
  }
  return { ...DEFAULTS, ...merged, ...run, shortcuts }
}

import type { Config } from '../core/config/config.ts'
import { DEFAULTS } from './defaults.ts'
import type { Layer } from './named-settings.ts'

/**
 * The one merge: the first layer that sets a key wins, `environment` adds up name by name, defaults come last.
 * `launchType` and `capacityProvider` exclude each other, so the layer that sets one silences the other below it.
 */
export function mergeConfig(layers: readonly Layer[], shortcuts: Config['shortcuts']): Config {
  let merged: Layer = {}
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
  return { ...DEFAULTS, ...merged, shortcuts }
}

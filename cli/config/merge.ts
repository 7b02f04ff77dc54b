import type { Config } from '../core/config/config.ts'
import { DEFAULTS } from './defaults.ts'
import type { Layer } from './named-settings.ts'

/**
 * Merges all layers: the first layer that sets a key wins, `environment` is merged by name, and defaults come last.
 * `launchType` and `capacityProvider` exclude each other, so a layer that sets one overrides both in lower layers.
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

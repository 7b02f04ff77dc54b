import type { Config } from '../core/config/config.ts'
import { DEFAULTS } from './defaults.ts'
import type { Key, Layer } from './named-settings.ts'

/**
 * A layer that sets the first key silences the second in weaker layers. A launch type and a capacity provider exclude
 * each other. A service has a task definition of its own; a task definition can be combined with a weaker service,
 * which then gives the network.
 */
const SILENCES: readonly (readonly [Key, Key])[] = [
  ['launchType', 'capacityProvider'],
  ['capacityProvider', 'launchType'],
  ['service', 'taskDefinition'],
]

/** Whether a weaker layer can still set `key`. */
export function isOpen(key: Key, stronger: readonly Layer[]): boolean {
  const closing = [key, ...SILENCES.filter(([, silenced]) => silenced === key).map(([by]) => by)]
  return stronger.every((layer) => closing.every((one) => layer[one] === undefined))
}

/**
 * Merges all layers: the first layer that sets a key wins, `environment` is merged by name, and defaults come last.
 */
export function mergeConfig(layers: readonly Layer[], shortcuts: Config['shortcuts']): Config {
  let merged: Layer = {}
  for (const [index, layer] of layers.entries()) {
    const stronger = layers.slice(0, index)
    const open = Object.entries(layer).filter(([key]) => isOpen(key as Key, stronger))
    const environment = { ...layer.environment, ...merged.environment }
    merged = { ...merged, ...Object.fromEntries(open), environment }
  }
  return { ...DEFAULTS, ...merged, shortcuts }
}

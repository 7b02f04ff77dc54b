import type { Config } from '../core/config/config.ts'
import { SETTINGS } from '../core/config/settings.ts'

type Settings = typeof SETTINGS
type Defaults = {
  readonly [K in keyof Settings as Settings[K] extends { readonly default: unknown } ? K : never]: Config[K]
}

/** The defaults of all rows, for settings that no layer sets. */
export const DEFAULTS = Object.fromEntries(
  Object.entries(SETTINGS).flatMap(([key, row]) => ('default' in row ? [[key, row.default]] : [])),
) as Defaults

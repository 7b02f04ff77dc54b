import type { ValueOf } from './setting.ts'
import type { SETTINGS } from './settings.ts'

type Settings = typeof SETTINGS
type Default<K extends keyof Settings> = Settings[K] extends { readonly default: unknown } ? K : never

type Required = { readonly [K in keyof Settings as Default<K>]: ValueOf<Settings[K]> }
type Optional = { readonly [K in Exclude<keyof Settings, keyof Required>]?: ValueOf<Settings[K]> }

/**
 * What the user asked for, merged and validated once (see config/); past that point nobody checks it again.
 * Its members follow from the table in settings.ts: one with a default is always there.
 */
export interface Config extends Required, Optional {
  /** Name -> shell command line, or a list of words that is run as it is. */
  readonly shortcuts: Readonly<Record<string, string | readonly string[]>>
}

export type AddressFamily = Config['address']
export type KeyType = Config['keyType']
export type PtyPolicy = Config['pty']
export type Verbosity = Config['verbosity']

import type { ValueOf } from './setting.ts'
import type { SETTINGS } from './settings.ts'

type Settings = typeof SETTINGS
type Default<K extends keyof Settings> = Settings[K] extends { readonly default: unknown } ? K : never

type Required = { readonly [K in keyof Settings as Default<K>]: ValueOf<Settings[K]> }
type Optional = { readonly [K in Exclude<keyof Settings, keyof Required>]?: ValueOf<Settings[K]> }

/**
 * The user's settings, merged and validated once by config/. No later code checks them again.
 * The members follow from the table in settings.ts; a setting with a default is always present.
 */
export interface Config extends Required, Optional {
  /** The TARGET that the user named. */
  readonly target?: string
  /** Name -> a shell command line, or a list of words that runs unchanged. */
  readonly shortcuts: Readonly<Record<string, string | readonly string[]>>
  /** With a TARGET on the command line: the variables that decide what one is logged in to, because it does not. */
  readonly filledIn?: readonly string[]
}

export type AddressFamily = Config['address']
export type KeyType = Config['keyType']
export type PtyPolicy = Config['pty']
export type Verbosity = Config['verbosity']

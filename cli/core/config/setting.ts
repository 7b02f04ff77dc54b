import type { Forward } from '../forward/forward.ts'

/** One row of the table in settings.ts; each kind of value has its own type. */
export type Setting =
  | Text
  | Url
  | Choice
  | Integer
  | Duration
  | List
  | Variables
  | Forwards
  | Switch
  | FlagChoice

interface Row {
  /** Starts with a verb or a noun, and says what the user gets. */
  readonly help: string
  /** The spelling in flags and in the file, if it differs from the key: `env` for `environment`. */
  readonly name?: string
  readonly short?: `-${string}`
  /** Where the default depends on more than this row. */
  readonly defaultText?: string
  /** With --local, only the command line counts, except for settings with this flag. */
  readonly countsLocally?: true
}

interface WithArgument extends Row {
  /** The placeholder in the help: `--cluster <NAME>`. */
  readonly argument: string
}

interface Text extends WithArgument {
  readonly kind: 'text'
  readonly pattern?: RegExp
  /** Completes "expected …" in an error. */
  readonly expects?: string
  readonly default?: string
}

interface Url extends WithArgument {
  readonly kind: 'url'
}

interface Choice extends WithArgument {
  readonly kind: 'choice'
  readonly choices: readonly string[]
  readonly default?: string
}

interface Integer extends WithArgument {
  readonly kind: 'integer'
  readonly least: number
  readonly most: number
  readonly default?: number
}

/** In seconds. */
interface Duration extends WithArgument {
  readonly kind: 'duration'
  readonly least: number
  readonly most: number
  /** The value of the bare flag. */
  readonly bare: string
  readonly default?: number
}

interface List extends WithArgument {
  readonly kind: 'list'
  readonly expects: string
}

/** NAME=VALUE, repeatable. The layers are merged by name. */
interface Variables extends WithArgument {
  readonly kind: 'variables'
  readonly default: Readonly<Record<string, string>>
}

/** ssh's syntax of -L, -R and -D, repeatable. */
interface Forwards extends WithArgument {
  readonly kind: 'forwards'
  readonly forward: 'local' | 'remote' | 'dynamic'
  readonly expects: string
  readonly default: readonly Forward[]
}

/** `--name` and `--no-name`; if the default is on, only `--no-name` exists. */
interface Switch extends Row {
  readonly kind: 'switch'
  readonly default?: boolean
}

/** A choice with one flag for each value. If several are given, the first in this row wins. */
interface FlagChoice {
  readonly kind: 'flags'
  readonly default: string
  /** Value -> its flag in commander's spelling. */
  readonly flags: Readonly<Record<string, { readonly flag: string; readonly help: string }>>
}

/** The settings of a group: the name in Config -> the setting. */
export type SettingTable = Readonly<Record<string, Setting>>

/** The value of a setting after parsing. */
export type ValueOf<S> = S extends { readonly kind: 'choice'; readonly choices: readonly (infer T)[] }
  ? T
  : S extends { readonly kind: 'flags'; readonly default: infer D; readonly flags: infer F }
    ? D | keyof F
    : S extends { readonly kind: keyof Values }
      ? Values[S['kind']]
      : string

interface Values {
  readonly integer: number
  readonly duration: number
  readonly switch: boolean
  readonly list: readonly string[]
  readonly variables: Readonly<Record<string, string>>
  readonly forwards: readonly Forward[]
}

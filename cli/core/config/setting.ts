/** One row of the table in settings.ts, by the kind of value that it takes. */
export type Setting = Text | Url | Choice | Integer | List | Variables | Switch | FlagChoice

interface Row {
  /** Starts with a verb or a noun and says what the user gets. */
  readonly help: string
  /** The flag's and the file's spelling, where it is not the key's own: `env` for `environment`. */
  readonly name?: string
  readonly short?: `-${string}`
  /** Where the default depends on more than this row. */
  readonly defaultText?: string
  /** With --local, variables and the file count for this setting too, not only the command line. */
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

interface List extends WithArgument {
  readonly kind: 'list'
  readonly expects: string
}

/** NAME=VALUE, repeatable; the layers add up name by name. */
interface Variables extends WithArgument {
  readonly kind: 'variables'
  readonly default: Readonly<Record<string, string>>
}

/** `--name` and `--no-name`; one that is on by default has only `--no-name`. */
interface Switch extends Row {
  readonly kind: 'switch'
  readonly default?: boolean
}

/** A choice in which each value has a flag of its own. Where several are given, the first of the row wins. */
interface FlagChoice {
  readonly kind: 'flags'
  readonly default: string
  /** Value -> its flag, as commander spells it. */
  readonly flags: Readonly<Record<string, { readonly flag: string; readonly help: string }>>
}

/** What a setting holds once it has been read. */
export type ValueOf<S> = S extends { readonly kind: 'choice'; readonly choices: readonly (infer T)[] }
  ? T
  : S extends { readonly kind: 'flags'; readonly default: infer D; readonly flags: infer F }
    ? D | keyof F
    : S extends { readonly kind: keyof Values }
      ? Values[S['kind']]
      : string

interface Values {
  readonly integer: number
  readonly switch: boolean
  readonly list: readonly string[]
  readonly variables: Readonly<Record<string, string>>
}

import type { Config } from '../core/config/config.ts'
import type { Setting } from '../core/config/setting.ts'
import { GROUPS } from '../core/config/settings.ts'

/** The settings of one source: flags, variables, a target, or the file's defaults. */
export type Layer = Partial<Omit<Config, 'shortcuts' | 'target' | 'filledIn'>>
export type Key = keyof Layer

/** A setting of core/config/settings/, with its names. */
export interface NamedSetting {
  readonly key: Key
  /** The spelling in flags and in the file: `task-definition`. */
  readonly name: string
  readonly row: Setting
  /** Its heading in the help. */
  readonly group: string
  /** Whether it has neither a variable nor a key in the file. */
  readonly onlyFlag: boolean
}

export const settings: readonly NamedSetting[] = GROUPS.flatMap(
  ({ title: group, settings, onlyFlags: onlyFlag = false }) =>
    Object.entries(settings).map(([key, row]) => {
      const name = ('name' in row && row.name) || kebabCase(key)
      return { key: key as Key, name, row, group, onlyFlag }
    }),
)

/** FARGATE_LOGIN_TASK_DEFINITION for `task-definition`. */
export function variableName({ name }: NamedSetting): string {
  return `FARGATE_LOGIN_${name.toUpperCase().replaceAll('-', '_')}`
}

/** A variable holds one text, but `env` has many. */
export function hasVariable({ row, onlyFlag }: NamedSetting): boolean {
  return !onlyFlag && row.kind !== 'variables'
}

function kebabCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

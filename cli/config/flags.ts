import { type Command, Option } from 'commander'
import type { Setting } from '../core/config/setting.ts'
import { type Key, type NamedSetting, settings } from './named-settings.ts'

/** The options of each command that has not been used yet. */
const UNDECLARED = new WeakMap<Command, readonly (() => readonly Option[])[]>()

/** Gives `command` the flags of these settings, under the headings of their groups. */
export function addSettingFlags(command: Command, keys: readonly Key[]): Command {
  const wanted = settings.filter(({ key }) => keys.includes(key))
  return addLater(command, () => wanted.flatMap(optionsOf))
}

/** Adds --config, for a command that reads the file. */
export function addConfigFlag(command: Command): Command {
  const help = 'config file (default: fargate-login.yaml, found upward from here)'
  return addLater(command, () => [new Option('--config <FILE>', help).helpGroup('This run:')])
}

function addLater(command: Command, options: () => readonly Option[]): Command {
  UNDECLARED.set(command, [...(UNDECLARED.get(command) ?? []), options])
  return command
}

/** Declares the options of a command that is used. To declare those of all commands would slow `--help` down. */
export function declareFlags(command: Command): void {
  const options = UNDECLARED.get(command)?.flatMap((make) => make()) ?? []
  UNDECLARED.delete(command)
  for (const option of options) command.addOption(option)
}

/** The flags of a setting: one, or one for each value. */
export function optionsOf(setting: NamedSetting): readonly Option[] {
  return makeOptions(setting).map((option) => option.helpGroup(`${setting.group}:`))
}

function makeOptions({ name, row, onlyFlag }: NamedSetting): readonly Option[] {
  if (row.kind === 'flags') return Object.values(row.flags).map(({ flag, help }) => new Option(flag, help))
  const short = row.short ? `${row.short}, ` : ''
  if (row.kind === 'switch') {
    if (row.default === true) return [new Option(`${short}--no-${name}`, row.help)]
    const on = new Option(`--${name}`, helpOf(row))
    return onlyFlag ? [on] : [on, new Option(`--no-${name}`, `the opposite of --${name}`)]
  }
  const option = new Option(`${short}--${name} <${row.argument}>`, helpOf(row))
  if (row.kind === 'variables') {
    option.argParser((text: string, before: readonly string[] = []) => [...before, text])
  }
  return [option]
}

function helpOf(row: Exclude<Setting, { kind: 'flags' }>): string {
  const text = defaultOf(row)
  return text === undefined ? row.help : `${row.help} (default: ${text})`
}

/** The text for a setting's default. */
export function defaultOf(row: Setting): string | undefined {
  if ('defaultText' in row) return row.defaultText
  if (!('default' in row) || row.kind === 'switch' || row.kind === 'variables') return undefined
  return String(row.default)
}

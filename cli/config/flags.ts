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

/** Adds --config, for a command that reads the file, under the heading of a group. */
export function addConfigFlag(command: Command, group = 'What to run'): Command {
  const help = 'config file (default: fargate-login.yaml, found upward from here)'
  return addLater(command, () => [new Option('--config <FILE>', help).helpGroup(`${group}:`)])
}

/** Adds -i, which docker and kubectl need to pass stdin. Here it always passes. */
export function addInteractiveFlag(command: Command): Command {
  const help = 'nothing: stdin always passes'
  return addLater(command, () => [new Option('-i, --interactive', help).hideHelp()])
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

/** Switches that `--no-…` turns off. */
const WITH_OPPOSITE = new WeakSet<Option>()

/** The option as the help shows it: `--[no-]inject` stands for both. */
export function optionTerm(option: Option): string {
  return WITH_OPPOSITE.has(option) ? option.flags.replace('--', '--[no-]') : option.flags
}

function makeOptions({ name, row, onlyFlag }: NamedSetting): readonly Option[] {
  if (row.kind === 'flags') return Object.values(row.flags).map(({ flag, help }) => new Option(flag, help))
  if (row.kind === 'switch') {
    if (row.default === true) return [new Option(`${shortOf(row)}--no-${name}`, row.help)]
    const on = new Option(`${shortOf(row)}--${name}`, helpOf(row))
    if (onlyFlag) return [on]
    WITH_OPPOSITE.add(on)
    return [on, new Option(`--no-${name}`, `the opposite of --${name}`).hideHelp()]
  }
  const value = row.kind === 'duration' ? ` [${row.argument}]` : ` <${row.argument}>`
  const option = new Option(`${shortOf(row)}--${name}${value}`, helpOf(row))
  if (row.kind === 'variables' || row.kind === 'forwards') {
    option.argParser((text: string, before: readonly string[] = []) => [...before, text])
  }
  return [option]
}

/**
 * Gives flags whose value is optional their default, so that the next word is not taken for it: `--keep web`.
 * @param argv our own words, without those after `--`
 */
export function completeBareFlags(argv: readonly string[]): readonly string[] {
  return argv.map((word, at) => {
    const row = settings.find(({ name }) => word === `--${name}`)?.row
    const isBare = row?.kind === 'duration' && !/^\d/.test(argv[at + 1] ?? '')
    return isBare ? `${word}=${row.bare}` : word
  })
}

function shortOf({ short }: Exclude<Setting, { kind: 'flags' }>): string {
  return short ? `${short}, ` : ''
}

function helpOf(row: Exclude<Setting, { kind: 'flags' }>): string {
  const text = defaultOf(row)
  return text === undefined ? row.help : `${row.help} (default: ${text})`
}

/** The text for a setting's default. */
export function defaultOf(row: Setting): string | undefined {
  if ('defaultText' in row) return row.defaultText
  if (!('default' in row) || row.kind === 'switch' || row.kind === 'variables' || row.kind === 'forwards')
    return undefined
  return String(row.default)
}

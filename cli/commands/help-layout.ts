import { type Argument, type Command, Help, type HelpConfiguration } from 'commander'
import { optionTerm } from '../config/flags.ts'

const INDENT = '  '
/** Below its term, a text is indented a little more. */
const TEXT_INDENT = '      '
/** A text next to its term needs this many columns to be read. */
const LEAST_BESIDE = 34
const USAGE = 'Usage: '
/** `help` is known without being listed, and ssh runs `proxy`, not a person. */
const UNLISTED = ['help', 'proxy']

/** How commander lays the help out, on a narrow terminal too. */
export const HELP_LAYOUT: HelpConfiguration = {
  minWidthToWrap: 10,
  optionTerm,
  commandUsage,
  subcommandTerm: (command) => [namesOf(command), ...command.registeredArguments.map(argumentTerm)].join(' '),
  subcommandDescription: (command) => command.summary() || command.description(),
  visibleCommands: (command) => command.commands.filter((one) => !UNLISTED.includes(one.name())),
  formatItem,
}

function commandUsage(this: Help, command: Command): string {
  const usage = Help.prototype.commandUsage.call(this, command)
  const width = (this.helpWidth ?? 80) - USAGE.length
  return this.boxWrap(usage, width).replaceAll('\n', `\n${' '.repeat(USAGE.length)}`)
}

function namesOf(command: Command): string {
  return [command.name(), ...command.aliases()].join('|')
}

function argumentTerm(argument: Argument): string {
  const text = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${text}>` : `[${text}]`
}

/** Puts the text next to its term if there is room, otherwise below. */
function formatItem(term: string, termWidth: number, text: string, help: Help): string {
  if (!text) return INDENT + term
  const columns = help.helpWidth ?? 80
  const beside = columns - termWidth - 2 * INDENT.length
  if (beside >= LEAST_BESIDE) {
    const indent = ' '.repeat(termWidth + 2 * INDENT.length)
    return `${INDENT}${term.padEnd(termWidth)}${INDENT}${wrapped(help, text, beside, indent)}`
  }
  const below = wrapped(help, text, columns - TEXT_INDENT.length, TEXT_INDENT)
  return `${INDENT}${term}\n${TEXT_INDENT}${below}`
}

function wrapped(help: Help, text: string, width: number, indent: string): string {
  return help.boxWrap(text, width).replaceAll('\n', `\n${indent}`)
}

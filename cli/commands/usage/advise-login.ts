import { FargateLoginError, hasCode } from '../../core/error.ts'
import { closest } from '../../core/text/closest.ts'
import { findCommand } from './find-command.ts'
import { habitText } from './habit-text.ts'
import { findHabit } from './habits.ts'
import { type Line, operandsOf, pasteLine, withoutOperands } from './line.ts'
import { Refusal } from './refusal.ts'
import { dashesText, execText, refuseRemoteText } from './remote-text.ts'

/** Words without a command, or after `login`. */
export function adviseLogin(error: unknown, line: Line): FargateLoginError | undefined {
  const [first, second] = operandsOf(line)
  if (first === undefined) return isRefused(error) ? refuseRemoteText(line) : undefined
  // An alias such as ls is more often a command for the task.
  const isCommand = findCommand(second, line.program)?.name() === second
  if (second !== undefined && isCommand && line.implied) return commandGoesFirst(second, line)
  if (isRefused(error)) return refuseRemoteText(line)
  if (line.names.targets.includes(first)) return second === undefined ? undefined : asExec(line)
  return line.implied ? noCommand(error, first, line) : undefined
}

function isRefused(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'remote-command-refused'
}

function commandGoesFirst(name: string, line: Line): FargateLoginError {
  return new FargateLoginError('usage', `The command "${name}" goes first.`, {
    hint: pasteLine(name, withoutOperands(line, 1), line, line.remoteArgv),
  })
}

/** `web ls -la`, as with ssh. */
function asExec(line: Line): FargateLoginError {
  const [, start = 0] = line.words.flatMap(({ kind }, index) => (kind === 'operand' ? [index] : []))
  return dashesText(line, start, 'exec')
}

function noCommand(error: unknown, word: string, line: Line): FargateLoginError | undefined {
  const habit = findHabit(word)
  // `--port x y`: the option is what is wrong.
  if (!habit && !hasCode(error, 'target-unknown') && !isAboutWord(error)) return undefined
  const hint = habit ? habitText(habit, withoutOperands(line, 0), line) : otherwise(word, line)
  return new FargateLoginError('target-unknown', `There is no command or target "${word}".`, { hint })
}

function isAboutWord(error: unknown): boolean {
  return error instanceof Refusal && ['commander.excessArguments', 'commander.help'].includes(error.code)
}

function otherwise(word: string, line: Line): string {
  const { program, names } = line
  const meant = closest(word, [...program.commands.map((command) => command.name()), ...names.targets])
  const targets =
    names.targets.length > 0
      ? `Known targets: ${names.targets.join(', ')}.`
      : 'Targets are defined in fargate-login.yaml, and none was found from here upward.'
  return [
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    targets,
    `Run a command with:\n${execText(line, word)}`,
    'List all commands with:\nfargate-login --help',
  ].join('\n')
}

import { FargateLoginError, hasCode, withHint } from '../../core/error.ts'
import { closest } from '../../core/text/closest.ts'
import { adviseRails, optionsAfterDashes } from './advise-rails.ts'
import { findCommand } from './find-command.ts'
import { habitText } from './habit-text.ts'
import { findHabit } from './habits.ts'
import { type Line, operandsOf, pasteLine, withoutOperands } from './line.ts'
import { Refusal } from './refusal.ts'
import { dashesText, execText } from './remote-text.ts'

/** `run rails c` as with heroku, `run web ls` as with docker, `run task web word`. */
export function adviseRun(error: unknown, line: Line): FargateLoginError | undefined {
  const [name] = operandsOf(line)
  if (name === undefined) return undefined
  if (line.names.shortcuts.includes(name)) return wordsAfterDashes(error, line)
  const isUnknown = error instanceof Refusal || hasCode(error, 'target-unknown')
  if (!isUnknown && !hasCode(error, 'shortcut-unknown')) return undefined
  return new FargateLoginError('shortcut-unknown', `There is no shortcut "${name}".`, {
    hint: hintFor(name, line),
  })
}

/** The line that does the same, and the shortcuts if there are any. */
function hintFor(name: string, line: Line): string {
  const { shortcuts, targets } = line.names
  const meant = closest(name, shortcuts)
  const known = shortcuts.length > 0 ? [`Known shortcuts: ${shortcuts.join(', ')}.`] : []
  const rest = withoutOperands(line, 0)
  const habit = findHabit(name)
  if (name === 'rails') return railsHint(rest, line)
  if (habit) return habitText(habit, rest, line)
  if (targets.includes(name)) {
    const [, start = line.words.length] = operandIndexes(line)
    return start === line.words.length
      ? `Open a shell with:\n${pasteLine('', line.words, line)}`
      : `Run a command with:\n${dashesText(line, start, 'exec').hint}`
  }
  if (findCommand(name, line.program))
    return `Leave out "run":\n${pasteLine(name, rest, line, line.remoteArgv)}`
  return [
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    ...(known.length > 0 ? known : ['Shortcuts are defined under shortcuts: in fargate-login.yaml.']),
    `Run a command with:\n${execText(line, name)}`,
  ].join('\n')
}

function railsHint(rest: Line['words'], line: Line): string {
  const command = findCommand('rails', line.program) ?? line.command
  const advice = adviseRails(undefined, { ...line, command, words: rest })?.hint
  return advice ?? `Open the Rails console with:\n${pasteLine('rails', rest, line, line.remoteArgv)}`
}

/** The shortcut exists, so the words that do not fit are for its program. */
function wordsAfterDashes(error: unknown, line: Line): FargateLoginError | undefined {
  const [, second, third] = operandIndexes(line)
  const isTarget = line.names.targets.includes(line.words[second ?? -1]?.text ?? '')
  const start = isTarget ? third : second
  if (hasCode(error, 'target-unknown') && second !== undefined) {
    const meant = closest(line.words[second]?.text ?? '', line.names.targets)
    const hint = [
      ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
      ...(error.hint === undefined ? [] : [error.hint]),
      `A word for the shortcut goes after two dashes:\n${dashesText(line, second).hint}`,
    ]
    return withHint(error, hint.join('\n'))
  }
  if (!(error instanceof Refusal)) return undefined
  if (error.code === 'commander.excessArguments' && start !== undefined) {
    return new FargateLoginError('usage', 'The words for a shortcut go after two dashes.', {
      hint: dashesText(line, start).hint,
    })
  }
  return optionsAfterDashes(error, line)
}

function operandIndexes({ words }: Line): readonly number[] {
  return words.flatMap(({ kind }, index) => (kind === 'operand' ? [index] : []))
}

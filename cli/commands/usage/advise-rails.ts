import { FargateLoginError } from '../../core/error.ts'
import { suggestionOf } from './commander-text.ts'
import { type Line, operandsOf, pasteLine, withoutOperands } from './line.ts'
import { Refusal } from './refusal.ts'

const CONSOLE = /^(c|console)$/
/** Commands of bin/rails that people type: `db:migrate`, `runner`. */
const COMMAND = /:|^(runner|r|dbconsole|server|s|routes|generate|g|test|about|stats|notes|console|c)$/

/** `rails c web`, `rails web db:migrate`, `rails web --sandbox`. */
export function adviseRails(error: unknown, line: Line): FargateLoginError | undefined {
  const operands = operandsOf(line)
  const at = operands.findIndex((word) => CONSOLE.test(word) && !line.names.targets.includes(word))
  if (at >= 0 && at < 2 && operands.length <= 2) return opensByItself(at, line)
  const command = operands.findIndex((word, index) => index < 2 && COMMAND.test(word))
  if (command >= 0 && !line.names.targets.includes(operands[command] ?? '')) return asExec(command, line)
  return optionsAfterDashes(error, line)
}

function opensByItself(at: number, line: Line): FargateLoginError {
  return new FargateLoginError(
    'usage',
    `rails opens the console by itself, without "${operandsOf(line)[at]}".`,
    {
      hint: `Open the Rails console with:\n${pasteLine('rails', withoutOperands(line, at), line, programWords(line))}`,
    },
  )
}

/** The words that are for the program, with or without two dashes. */
function programWords({ words, remoteArgv }: Line): readonly string[] {
  return [...words.flatMap(({ kind, text }) => (kind === 'unknown' ? [text] : [])), ...(remoteArgv ?? [])]
}

function asExec(at: number, line: Line): FargateLoginError {
  const { words, remoteArgv } = line
  const indexes = words.flatMap(({ kind }, index) => (kind === 'operand' ? [index] : []))
  const start = indexes[at] ?? 0
  const command = words.slice(start).map(({ text }) => text)
  const remote = ['bin/rails', ...command, ...(remoteArgv ?? [])]
  return new FargateLoginError('usage', 'rails opens a console, and runs no other command.', {
    hint: `Run one with:\n${pasteLine('exec', words.slice(0, start), line, remote)}`,
  })
}

/** An option that looks like none of ours is the program's own. */
export function optionsAfterDashes(error: unknown, line: Line): FargateLoginError | undefined {
  if (!(error instanceof Refusal) || error.code !== 'commander.unknownOption') return undefined
  if (suggestionOf(error.message) !== undefined) return undefined
  const { command, words } = line
  const unknown = words.find(({ kind }) => kind === 'unknown')?.text
  const paste = pasteLine(command.name(), words, line, programWords(line))
  return new FargateLoginError('usage', `${command.name()} has no option ${unknown}.`, {
    hint: `An option of the program goes after two dashes:\n${paste}`,
  })
}

import { FargateLoginError } from '../../core/error.ts'
import { type Line, operandsOf, pasteLine } from './line.ts'
import { Refusal } from './refusal.ts'
import { dashesText, execText } from './remote-text.ts'

/** `exec web ls -la`: finds where the command begins, and puts two dashes in front of it. */
export function adviseExec(error: unknown, line: Line): FargateLoginError | undefined {
  if (!(error instanceof Refusal)) return undefined
  if (error.code === 'remote-command-missing' && operandsOf(line).length < 2) return needsCommand(line)
  const start = commandStart(line)
  const unknown = line.words.findIndex(({ kind }) => kind === 'unknown')
  // An unknown option in front of the command is a mistake of its own.
  if (start < 0 || (unknown >= 0 && unknown < start)) return undefined
  return dashesText(line, start)
}

/** @returns the index of the command's first word, or -1 */
export function commandStart({ words, names, command }: Line): number {
  const [first, second] = words.flatMap(({ kind }, index) => (kind === 'operand' ? [index] : []))
  if (first === undefined) return -1
  const isTarget = names.targets.includes(words[first]?.text ?? '')
  if (isTarget || command.name() === 'plan') return second ?? -1
  return second === undefined || namesTask({ words }) ? first : second
}

/** With these options, there is no need of a TARGET. */
function namesTask({ words }: Pick<Line, 'words'>): boolean {
  return words.some(({ text }) => /^--(service|task-definition|local)(=|$)/.test(text))
}

function needsCommand(line: Line): FargateLoginError {
  const [word] = operandsOf(line)
  const isTarget = word === undefined || line.names.targets.includes(word)
  const asCommand = isTarget ? undefined : execText(line, word)
  if (asCommand !== undefined && namesTask(line)) return missing(asCommand)
  const own = pasteLine('exec', line.words, line)
  return missing(
    `${own}${word === undefined ? ' [TARGET]' : ''} -- CMD [ARG...]`,
    ...(asCommand === undefined ? [] : [`If "${word}" is the command:\n${asCommand}`]),
  )
}

function missing(line: string, ...more: readonly string[]): FargateLoginError {
  return new FargateLoginError('usage', 'exec needs a command.', {
    hint: [`Put it after two dashes:\n${line}`, ...more].join('\n'),
  })
}

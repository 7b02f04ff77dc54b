import type { Habit } from './habits.ts'
import { type Line, pasteLine } from './line.ts'
import { asForward } from './port-word.ts'
import type { Word } from './sort-words.ts'

/** The advice, and the line to paste with the words that were typed after the habit. */
export function habitText(
  { advice, command, takes, ports, remote }: Habit,
  typed: readonly Word[],
  line: Line,
): string {
  const rest = ports ? typed.flatMap(asForward) : typed
  const targets = rest.filter(({ kind }) => kind === 'operand')
  const foreign = rest.some(({ kind }) => kind === 'unknown') || targets.length > 1
  const kept = rest.filter(
    ({ kind, text }) =>
      kind !== 'operand' || takes === 'all' || !foreign || line.names.targets.includes(text),
  )
  return `${advice}:\n${pasteLine(command, takes === 'none' ? [] : kept, line, remote)}`
}

import { leftBehindText } from '../../core/journal/left-behind.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import type { Ports } from '../ports.ts'

/** One warning for each session whose process was killed. Asks AWS nothing, so that it costs a login no time. */
export async function warnOfLeftBehind({ journal, reporter }: Ports): Promise<void> {
  const now = new Date()
  for (const { entry } of leftBehind(await journal.read())) reporter.warn(leftBehindText(entry, now))
}

export function leftBehind(noted: readonly NotedSession[]): readonly NotedSession[] {
  return noted.filter(({ entry, owner }) => owner === 'dead' && !entry.detached)
}

import { leftBehindText } from '../../core/journal/left-behind.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import type { Ports } from '../ports/ports.ts'

/** One warning for each session whose process was killed. Asks AWS nothing, so that it costs a login no time. */
export async function warnOfLeftBehind({
  journal,
  reporter,
  clock,
}: Pick<Ports, 'journal' | 'reporter' | 'clock'>): Promise<void> {
  const now = clock.wallNow()
  for (const { entry } of leftBehind(await journal.read())) reporter.warn(leftBehindText(entry, now))
}

export function leftBehind(noted: readonly NotedSession[]): readonly NotedSession[] {
  return noted.filter(({ entry, owner }) => owner === 'dead' && !entry.detached)
}

/** Removes what the journal has of sessions that are gone. */
export async function forget(
  gone: readonly NotedSession[],
  { journal }: Pick<Ports, 'journal'>,
): Promise<void> {
  for (const { entry } of gone) await journal.remove(entry.session)
}

import { staysOnPurpose } from '../../core/journal/journal-entry.ts'
import { leftBehindAdvice } from '../../core/journal/left-behind.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import type { Ports } from '../ports/ports.ts'
import { readIfPossible } from './read-if-possible.ts'

/** Warns of each session whose process was killed. It does not ask AWS, so it does not delay a login. */
export async function warnOfLeftBehind({
  journal,
  reporter,
  clock,
}: Pick<Ports, 'journal' | 'reporter' | 'clock'>): Promise<void> {
  const now = clock.wallNow()
  for (const { entry } of leftBehind(await readIfPossible(journal))) {
    const { text, command } = leftBehindAdvice(entry, now)
    reporter.warn(text, command)
  }
}

/** Those that no process will stop. One that stays on purpose is among them only if a stop of it was never confirmed. */
export function leftBehind(noted: readonly NotedSession[]): readonly NotedSession[] {
  return noted.filter(
    ({ entry, owner }) => owner === 'dead' && (!staysOnPurpose(entry) || entry.unconfirmed !== undefined),
  )
}

/** Removes sessions that are gone from the journal. */
export async function forget(
  gone: readonly NotedSession[],
  { journal }: Pick<Ports, 'journal'>,
): Promise<void> {
  for (const { entry } of gone) await journal.remove(entry.session)
}

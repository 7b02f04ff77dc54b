import type { JournalEntry, KeptEntry } from '../../core/journal/journal-entry.ts'
import { readIfPossible } from '../fleet/read-if-possible.ts'
import type { Prepared } from '../plan/prepare.ts'
import type { Clock } from '../ports/clock.ts'
import type { Journal } from '../ports/journal.ts'

/** The tasks that earlier commands with the same plan kept, newest first. */
export async function keptEntries(
  { identity, startsAnew }: Prepared,
  journal: Pick<Journal, 'read'>,
): Promise<readonly KeptEntry[]> {
  if (startsAnew) return []
  const noted = await readIfPossible(journal)
  return noted
    .map(({ entry }) => entry)
    .filter((entry): entry is KeptEntry => isKept(entry, identity))
    .toReversed()
}

function isKept(entry: JournalEntry, identity: string): boolean {
  return entry.kept?.identity === identity && entry.taskArn !== undefined
}

/** When the task was started, in the monotonic time of this process. */
export function startOf({ createdAt }: KeptEntry, clock: Clock): number {
  return clock.now() - (clock.wallNow().getTime() - Date.parse(createdAt))
}

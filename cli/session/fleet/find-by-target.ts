import type { JournalEntry } from '../../core/journal/journal-entry.ts'
import { isEnding } from '../../core/task/task.ts'
import type { StopContext } from './stop.ts'

/**
 * Finds the sessions that this machine started for a TARGET. If there are several, ECS is asked which are still live.
 * @param fits tells the sessions that count
 * @returns oldest first
 */
export async function findByTarget(
  target: string,
  fits: (entry: JournalEntry) => boolean,
  context: Pick<StopContext, 'ports' | 'openPlace'>,
  cancel: AbortSignal,
): Promise<readonly JournalEntry[]> {
  const noted = await context.ports.journal.read()
  const found = noted.map(({ entry }) => entry).filter((entry) => entry.target === target && fits(entry))
  if (found.length <= 1) return found
  const live = await Promise.all(found.map((entry) => mayBeLive(entry, context, cancel)))
  return found.filter((_, index) => live[index])
}

/** A session counts as live unless ECS says otherwise. */
async function mayBeLive(
  { cluster, access, taskArn }: JournalEntry,
  { openPlace }: Pick<StopContext, 'openPlace'>,
  cancel: AbortSignal,
): Promise<boolean> {
  if (taskArn === undefined) return true
  await using place = await openPlace(cluster, access)
  try {
    const task = await place.ports.tasks.describeTask(cluster, taskArn, cancel)
    return task !== undefined && !isEnding(task)
  } catch {
    cancel.throwIfAborted()
    return true
  }
}

import type { KeptEntry } from '../../core/journal/journal-entry.ts'
import { isEnding, type TaskSnapshot } from '../../core/task/task.ts'
import type { Ports } from '../ports/ports.ts'

export interface Opened<T> {
  /** `undefined` if ECS gave no answer, or does not know the task. */
  readonly snapshot: TaskSnapshot | undefined
  /** `undefined` if it could not be opened. */
  readonly opened: T | undefined
}

/**
 * Asks ECS whether a kept task still runs, and opens a way to it at the same time. A task that does not run is not
 * waited for.
 */
export async function askAndOpen<T>(
  { cluster, taskArn }: KeptEntry,
  open: (signal: AbortSignal) => Promise<T>,
  { tasks, reporter }: Pick<Ports, 'tasks' | 'reporter'>,
  signal: AbortSignal,
): Promise<Opened<T>> {
  const gone = new AbortController()
  const orNothing = (error: Error) => {
    reporter.debug(error.message)
    return undefined
  }
  const ask = async () => {
    const snapshot = await tasks.describeTask(cluster, taskArn, signal).catch(orNothing)
    if (!snapshot || isEnding(snapshot)) gone.abort(new Error('The kept task does not run any more.'))
    return snapshot
  }
  const opening = open(AbortSignal.any([signal, gone.signal])).catch(orNothing)
  const [snapshot, opened] = await Promise.all([ask(), opening])
  return { snapshot, opened }
}

import type { KeptEntry } from '../../core/journal/journal-entry.ts'
import type { Plan } from '../../core/plan/plan.ts'
import { isEnding } from '../../core/task/task.ts'
import { formatDuration } from '../../core/text/duration.ts'
import { Link } from '../link/link.ts'
import type { Prepared } from '../plan/prepare.ts'
import type { Ports } from '../ports/ports.ts'
import { Task } from '../task/task.ts'
import { startTimeLimit } from '../time-limit.ts'
import { askAndOpen } from './ask-and-open.ts'
import { keptEntries, startOf } from './kept-entries.ts'

/** A running task answers at once. */
const JOIN_SECONDS = 20

/** A task that an earlier command left for us, and a link to it. */
export interface Joined {
  /** Our plan, carried out in that task. */
  readonly plan: Plan
  readonly task: Task
  readonly link: Link
  readonly entry: KeptEntry
}

/**
 * Joins the task that an earlier command with the same plan kept.
 * @returns `undefined` if there is none; a task that is gone or out of reach is skipped
 * @throws the user's cancel
 */
export async function joinKept(
  prepared: Prepared,
  ports: Ports,
  cancel: AbortSignal,
): Promise<Joined | undefined> {
  for (const entry of await keptEntries(prepared, ports.journal)) {
    const joined = await join(prepared.plan, entry, ports, cancel)
    if (joined) return joined
  }
  return undefined
}

async function join(
  plan: Plan,
  entry: KeptEntry,
  ports: Ports,
  cancel: AbortSignal,
): Promise<Joined | undefined> {
  const { journal, reporter } = ports
  const { session, cluster, kept } = entry
  const { keepSeconds, centsPerHour, reach } = kept
  reporter.step('task', `Joining the kept task of session ${session}`)
  using limit = startTimeLimit(JOIN_SECONDS, cancel)
  const open = (signal: AbortSignal) => openLink(entry, ports, signal, plan.forwardAgent)
  const { snapshot, opened: link } = await askAndOpen(entry, open, ports, limit.signal)
  if (snapshot && link && !isEnding(snapshot)) {
    const startedAt = startOf(entry, ports.clock)
    const unlessEnded = { keepWarmSeconds: keepSeconds }
    const task = new Task({ session, cluster, startedAt, centsPerHour, unlessEnded }, snapshot, ports, cancel)
    reporter.done('task', `Joined the kept task of session ${session}`)
    if ((plan.keepSeconds ?? 0) > keepSeconds) reporter.warn(keptShorter(session, keepSeconds))
    return {
      plan: { ...plan, session, keepSeconds, reach: { ...plan.reach, userKey: reach.userKey } },
      task,
      link,
      entry,
    }
  }
  await link?.[Symbol.asyncDispose]()
  cancel.throwIfAborted()
  // A single answer without the task must not delete the only key.
  if (snapshot && isEnding(snapshot)) await journal.remove(session)
  else reporter.debug(`The kept task of session ${session} cannot be used any more`)
  return undefined
}

async function openLink(
  { session, kept }: KeptEntry,
  ports: Ports,
  signal: AbortSignal,
  forwardAgent: boolean,
): Promise<Link> {
  const privateKey = await ports.journal.readKey(session)
  return await Link.open({ session, reach: kept.reach, privateKey, forwardAgent }, ports, signal)
}

function keptShorter(session: string, seconds: number): string {
  return (
    `The task of session ${session} was started to stay for ${formatDuration(seconds)} after its last connection, ` +
    'and that cannot be changed. For a longer one, add --new.'
  )
}

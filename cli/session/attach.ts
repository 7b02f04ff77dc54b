import { FargateLoginError, withHint } from '../core/error.ts'
import type { DetachedEntry } from '../core/journal/journal-entry.ts'
import type { Ending } from '../core/plan/activity.ts'
import { isEnding } from '../core/task/task.ts'
import { adviceText, commandForSession } from '../core/text/paste.ts'
import type { Backoff } from '../core/wait/backoff.ts'
import { retry } from '../core/wait/retry.ts'
import { attach } from './activities/attach.ts'
import { afterLeave, reportEnding } from './ending.ts'
import { refuseOtherAccount } from './fleet/other-account.ts'
import { Link } from './link/link.ts'
import type { Ports } from './ports/ports.ts'
import type { Terminal } from './ports/terminal.ts'
import { Task } from './task/task.ts'
import { startTimeLimit } from './time-limit.ts'

const HOW_TO_LEAVE = 'To leave it running, type ~. at the beginning of a line.'
/** Time for a usable connection to a task that is already running. */
const TIME_LIMIT_SECONDS = 60

/**
 * Returns to a detached program. When the program ends, the task is stopped. When the user leaves, or another
 * connection takes over, both keep running.
 * @param ports for the place that the entry names
 * @returns the program's exit status, or 0 if it keeps running
 * @throws FargateLoginError `session-unknown` if the task has ended, or any error of a session
 */
export async function attachSession(
  entry: DetachedEntry,
  terminal: Terminal,
  ports: Ports,
  cancel: AbortSignal,
): Promise<number> {
  await using task = await findTask(entry, ports, cancel)
  const privateKey = await readKey(entry, ports)
  const ending = await show(entry, { task, privateKey, terminal }, ports).catch((error: unknown) =>
    endingAfter(error, entry, ports),
  )
  await task.end(ending)
  reportEnding(ending, entry.session, ports.reporter)
  return ending.status
}

/** @throws FargateLoginError that says how to end a session whose key is gone, damaged or another */
async function readKey({ session, detached }: DetachedEntry, { journal, ssh }: Ports): Promise<string> {
  const privateKey = await journal.readKey(session)
  const hint = adviceText({
    text: 'You cannot return to it without its key. Stop it with:',
    command: commandForSession('stop', session),
  })
  const kept = fingerprintOf(privateKey, ssh, hint)
  const { userKey } = detached.reach
  if (kept === userKey) return privateKey
  throw new FargateLoginError(
    'authentication-failed',
    `${journal.keyFile(session)} has the key ${kept}, but session ${session} takes only ${userKey}.`,
    { hint },
  )
}

function fingerprintOf(privateKey: string, ssh: Ports['ssh'], hint: string): string {
  try {
    return ssh.checkKey(privateKey)
  } catch (error) {
    throw error instanceof FargateLoginError ? withHint(error, hint) : error
  }
}

interface ShowInput {
  readonly task: Task
  readonly privateKey: string
  readonly terminal: Terminal
}

/** Shows the program until it ends or another connection takes it over. */
async function show(
  { session, detached }: DetachedEntry,
  { task, privateKey, terminal }: ShowInput,
  ports: Ports,
): Promise<Ending> {
  task.watch.phase = 'connecting'
  using limit = startTimeLimit(TIME_LIMIT_SECONDS, task.signal)
  const shown = { seconds: TIME_LIMIT_SECONDS, since: ports.clock.now() }
  const target = { session, reach: detached.reach, privateKey }
  await using link = await Link.open(target, ports, limit.signal, { limit: shown })
  limit.end()
  if (terminal.interactive) ports.reporter.note(HOW_TO_LEAVE)
  task.watch.phase = 'session'
  const plan = { session, reconnectSeconds: detached.reconnectSeconds }
  return await attach({ plan, task, link, terminal, environment: {}, forwards: [], name: session }, ports)
}

/** The session outlives the user's exit and every error, unless its task is gone. */
async function endingAfter(error: unknown, { session }: DetachedEntry, { journal }: Ports): Promise<Ending> {
  if (!(error instanceof FargateLoginError)) throw error
  if (error.code === 'disconnected-by-user') return { status: 0, task: 'leave' }
  if (error.code !== 'task-stopped') throw afterLeave(error, session)
  await journal.remove(session)
  throw error
}

/** A single answer without the task must not delete the only key. */
const MISSING_TRIES = 3
const MISSING: Backoff = { first: 1_000, most: 1_000, factor: 1 }

/** @throws FargateLoginError `session-unknown` */
async function findTask(entry: DetachedEntry, ports: Ports, cancel: AbortSignal): Promise<Task> {
  const { session, cluster, taskArn, createdAt, detached } = entry
  const { tasks, reporter, clock } = ports
  reporter.step('task', `Looking for session ${session}`)
  const describe = () => tasks.describeTask(cluster, taskArn, cancel)
  const found = await retry(describe, { backoff: MISSING, tries: MISSING_TRIES, clock, signal: cancel })
  if (found === undefined || isEnding(found)) throw await hasEnded(entry, ports, cancel)
  const startedAt = clock.now() - (clock.wallNow().getTime() - Date.parse(createdAt))
  const { centsPerHour } = detached
  return new Task({ session, cluster, startedAt, centsPerHour, unlessEnded: 'leave' }, found, ports, cancel)
}

async function hasEnded(entry: DetachedEntry, ports: Ports, cancel: AbortSignal): Promise<FargateLoginError> {
  await refuseOtherAccount(entry, ports, cancel)
  await ports.journal.remove(entry.session)
  return new FargateLoginError('session-unknown', `The task of session ${entry.session} has ended.`, {
    hint: "See the task's log for the reason.",
  })
}

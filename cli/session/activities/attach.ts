import { PassThrough } from 'node:stream'
import { FargateLoginError } from '../../core/error.ts'
import { exitStatus, type RemoteExit } from '../../core/exit-status.ts'
import type { DetachedSession, JournalEntry } from '../../core/journal/journal-entry.ts'
import { heldState, STILL_RUNS } from '../../core/link/hold.ts'
import { isGoing, type TaskSnapshot } from '../../core/task/task.ts'
import { refuseOtherAccount } from '../fleet/other-account.ts'
import type { Reach } from '../link/connection.ts'
import { Link } from '../link/link.ts'
import type { Ports } from '../ports.ts'
import { Task } from '../task/task.ts'
import { startTimeLimit } from '../time-limit.ts'
import { attend } from './attend.ts'
import { unattended } from './unattended.ts'

export type DetachedEntry = JournalEntry & { readonly taskArn: string; readonly detached: DetachedSession }

/** Seconds until a usable connection: the task runs already. */
const TIME_LIMIT = 60

/**
 * Comes back to a program that was left running. When it ends, the task is stopped; when the user leaves, or another
 * connection takes over, it goes on.
 * @param ports those of the place that the entry names
 * @returns the program's exit status, or 0 when it goes on
 * @throws FargateLoginError `session-unknown` when the task has ended, and what a session throws
 */
export async function attachSession(
  entry: DetachedEntry,
  ports: Ports,
  cancel: AbortSignal,
): Promise<number> {
  const { session, cluster, createdAt, detached } = entry
  const goesOn = `Session ${session} goes on: fargate-login attach ${session}`
  const first = await findTask(entry, ports, cancel)
  const startedAt = ports.clock.now() - (Date.now() - Date.parse(createdAt))
  const launched = { session, cluster, startedAt, centsPerHour: detached.centsPerHour }
  await using task = new Task(launched, ports, first, cancel)
  task.leave()
  try {
    const exit = await look(entry, task, ports)
    if (exit === 'goes on') {
      ports.reporter.warn(goesOn)
      return 0
    }
    task.takeBack()
    task.noteExit(exitStatus(exit))
    return exitStatus(exit)
  } catch (error) {
    if (!(error instanceof FargateLoginError)) throw error
    if (error.code === 'task-stopped') {
      await ports.journal.remove(session)
      throw error
    }
    if (error.code === 'left') {
      ports.reporter.warn(goesOn)
      return 0
    }
    const hint = error.code === 'time-out' || error.hint === undefined ? goesOn : `${error.hint}\n${goesOn}`
    throw new FargateLoginError(error.code, error.message, { hint, exitCode: error.exitCode, cause: error })
  }
}

/** One answer without the task does not take the only key away. */
const MISSING_TRIES = 3
/** Milliseconds. */
const BETWEEN = 1_000

/** @throws FargateLoginError `session-unknown` */
async function findTask(entry: DetachedEntry, ports: Ports, cancel: AbortSignal): Promise<TaskSnapshot> {
  const { session, cluster, taskArn } = entry
  ports.reporter.step('task', `looking for ${session}`)
  for (let attempt = 1; ; attempt++) {
    const task = await ports.ecs.describeTask(cluster, taskArn, cancel)
    if (task && !isGoing(task)) return task
    if (task || attempt === MISSING_TRIES) break
    await ports.clock.sleep(BETWEEN, cancel)
  }
  await refuseOtherAccount(entry, ports, cancel)
  await ports.journal.remove(session)
  throw new FargateLoginError('session-unknown', `The task of session ${session} has ended.`, {
    hint: 'Its log says how. There is nothing left to come back to.',
  })
}

/** Shows the program until it ends, or another connection shows it. */
async function look(
  { session, detached }: DetachedEntry,
  task: Task,
  ports: Ports,
): Promise<RemoteExit | 'goes on'> {
  const reach = reachOf(detached, await ports.journal.readKey(session))
  using limit = startTimeLimit(TIME_LIMIT, task.signal)
  await using link = await Link.open(detached.address, reach, ports, limit.signal)
  limit.end()
  const plan = { session, reconnectSeconds: detached.reconnectSeconds }
  const exit = await attend({ task, link, remote: { pty: true }, plan, again: true }, ports)
  return (await stillRuns(session, link, task, ports)) ? 'goes on' : exit
}

/** A viewer that another one has replaced ends like a program that was well. */
async function stillRuns(
  session: string,
  { connection }: Link,
  { signal }: Task,
  { terminal }: Ports,
): Promise<boolean> {
  const answer = new PassThrough()
  const asked = { ...unattended(terminal), stdout: answer, stderr: new PassThrough().resume() }
  await connection.run(heldState(session), asked, signal)
  return String(answer.read() ?? '') === STILL_RUNS
}

function reachOf({ user, key, hostKey, container }: DetachedSession, privateKey: string): Reach {
  const expected: Reach['ssh']['hostKey'] =
    hostKey === undefined ? { policy: 'accept' } : { policy: 'verify', fingerprint: hostKey }
  return { ssh: { user, key, hostKey: expected }, privateKey, container }
}

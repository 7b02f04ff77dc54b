import { FargateLoginError } from '../core/error.ts'
import { exitStatus } from '../core/exit-status.ts'
import type { DetachedSession, JournalEntry } from '../core/journal-entry.ts'
import { isGoing } from '../core/task.ts'
import type { Reach } from './connection.ts'
import { Link } from './link.ts'
import type { Ports } from './ports.ts'
import { attend } from './session.ts'
import { Task } from './task.ts'
import { startTimeLimit } from './time-limit.ts'

export type DetachedEntry = JournalEntry & { readonly taskArn: string; readonly detached: DetachedSession }

/** Seconds until a usable connection: the task runs already. */
const TIME_LIMIT = 60

/**
 * Comes back to a program that was left running. When it ends, the task is stopped; when the user leaves, it goes on.
 * @param ports those of the place that the entry names
 * @returns the program's exit status, or 0 when the user left by `~.`
 * @throws FargateLoginError `session-unknown` when the task has ended, and what a session throws
 */
export async function attachSession(
  entry: DetachedEntry,
  ports: Ports,
  cancel: AbortSignal,
): Promise<number> {
  const { session, cluster, taskArn, createdAt, detached } = entry
  const { reporter, clock, journal, ecs } = ports
  reporter.step('task', `looking for ${session}`)
  const first = await ecs.describeTask(cluster, taskArn, cancel)
  if (!first || isGoing(first)) {
    await journal.remove(session)
    throw new FargateLoginError('session-unknown', `The task of session ${session} has ended.`, {
      hint: 'Its log says how. There is nothing left to come back to.',
    })
  }
  const startedAt = clock.now() - (Date.now() - Date.parse(createdAt))
  const launched = { session, cluster, startedAt, centsPerHour: detached.centsPerHour }
  await using task = new Task(launched, ports, first, cancel)
  task.leave()
  using limit = startTimeLimit(TIME_LIMIT, task.signal)
  await using link = await Link.open(
    detached.address,
    reachOf(detached, await journal.readKey(session)),
    ports,
    limit.signal,
  )
  limit.end()
  const plan = { session, reconnectSeconds: detached.reconnectSeconds }
  try {
    const exit = await attend({ task, link, remote: { pty: true }, plan, again: true }, ports)
    task.takeBack()
    return exitStatus(exit)
  } catch (error) {
    if (!(error instanceof FargateLoginError)) throw error
    const goesOn = `Session ${session} goes on: fargate-login attach ${session}`
    if (error.code === 'left') {
      reporter.warn(goesOn)
      return 0
    }
    if (error.code !== 'cancelled' && error.code !== 'connection-lost') throw error
    throw new FargateLoginError(error.code, error.message, {
      hint: goesOn,
      exitCode: error.exitCode,
      cause: error,
    })
  }
}

function reachOf({ user, key, hostKey, container }: DetachedSession, privateKey: string): Reach {
  const expected: Reach['ssh']['hostKey'] =
    hostKey === undefined ? { policy: 'accept' } : { policy: 'verify', fingerprint: hostKey }
  return { ssh: { user, key, hostKey: expected }, privateKey, container }
}

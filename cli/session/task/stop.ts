import { FargateLoginError } from '../../core/error.ts'
import { centsFor, formatCents } from '../../core/task/price.ts'
import { type TaskSnapshot, taskId } from '../../core/task/task.ts'
import { stopTaskCommand } from '../../core/text/aws-command.ts'
import { formatDuration } from '../../core/text/duration.ts'
import { type Backoff, backoffDelay } from '../../core/wait/backoff.ts'
import type { Ports } from '../ports.ts'
import { startAnswerLimit } from '../time-limit.ts'

const RETRY: Backoff = { first: 500, most: 4_000, factor: 2 }
/** Seconds. The stop has its own limit: whatever aborted the session must not abort this. */
const TIME_LIMIT = 30

export interface Stoppable {
  readonly session: string
  readonly cluster: string
  readonly task: Pick<TaskSnapshot, 'arn' | 'desiredStatus'>
  /** `clock.now()` at the launch; `undefined` where nobody knows when that was. */
  readonly startedAt: number | undefined
  readonly centsPerHour: number | undefined
  /** For `stoppedReason`. */
  readonly reason: string
  /** The status with which the session ended, if it did. */
  readonly exit?: number | undefined
}

/**
 * Stops the task, says how long it ran and what that cost, and forgets its session.
 * @param cancel only of a user who asked for nothing but the stop; the end of a session takes none
 * @throws FargateLoginError `stop-unconfirmed` with the command to paste
 */
export async function stopTask(stoppable: Stoppable, ports: Ports, cancel?: AbortSignal): Promise<void> {
  const { session, task, startedAt, centsPerHour } = stoppable
  const { reporter, clock, journal } = ports
  const id = taskId(task.arn)
  if (task.desiredStatus !== 'STOPPED') {
    reporter.step('stop', `stopping ${id}`)
    await requestStop(stoppable, ports, cancel)
  }
  await journal.remove(session)
  if (startedAt === undefined) return reporter.done('stop', id)
  const seconds = (clock.now() - startedAt) / 1000
  const cost = centsPerHour === undefined ? '' : `, about ${formatCents(centsFor(centsPerHour, seconds))}`
  reporter.done('stop', `${id} after ${formatDuration(seconds)}${cost}`)
}

async function requestStop(
  stoppable: Stoppable,
  ports: Ports,
  cancel: AbortSignal | undefined,
): Promise<void> {
  const { cluster, task, reason } = stoppable
  using limit = startAnswerLimit('ecs:StopTask', TIME_LIMIT, cancel)
  let trouble: unknown
  for (let attempt = 0; ; attempt++) {
    try {
      return await ports.ecs.stopTask(cluster, task.arn, reason, limit.signal)
    } catch (error) {
      cancel?.throwIfAborted()
      if (limit.signal.aborted) throw unconfirmed(stoppable, ports, trouble ?? limit.signal.reason)
      if (!mayPass(error)) throw unconfirmed(stoppable, ports, error)
      trouble = error
      ports.reporter.debug(`StopTask: ${(error as Error).message}`)
    }
    await ports.clock.sleep(backoffDelay(RETRY, attempt, Math.random()), limit.signal).catch(() => {
      cancel?.throwIfAborted()
      throw unconfirmed(stoppable, ports, trouble)
    })
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof FargateLoginError && error.code === 'aws-unreachable'
}

function unconfirmed(
  { cluster, task, exit }: Stoppable,
  { access }: Ports,
  cause: unknown,
): FargateLoginError {
  const ended = exit === undefined ? '' : `The session ended with status ${exit}, but `
  const fact = `${ended}${ended ? 't' : 'T'}he stop of task ${task.arn} could not be confirmed`
  return new FargateLoginError('stop-unconfirmed', `${fact}: ${(cause as Error).message}`, {
    hint: `It may still run and cost money. Stop it with:\n  ${stopTaskCommand(access, cluster, task.arn)}`,
    cause,
  })
}

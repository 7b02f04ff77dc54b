import { FargateLoginError, hasCode } from '../../core/error.ts'
import { costText } from '../../core/task/price.ts'
import type { TaskSnapshot } from '../../core/task/task.ts'
import { arnName } from '../../core/text/arn.ts'
import { formatDuration } from '../../core/text/duration.ts'
import { accessTo, adviceAt, awsEcsCommand } from '../../core/text/paste.ts'
import type { Backoff } from '../../core/wait/backoff.ts'
import { retry } from '../../core/wait/retry.ts'
import type { Ports } from '../ports/ports.ts'
import { startAnswerLimit } from '../time-limit.ts'

const BACKOFF: Backoff = { first: 500, most: 4_000, factor: 2 }
/** The stop has its own limit, so the signal that aborted the session cannot abort it. */
const TIME_LIMIT_SECONDS = 30

export interface StopInput {
  readonly session: string
  readonly cluster: string
  readonly task: Pick<TaskSnapshot, 'arn' | 'desiredStatus'>
  /** `clock.now()` at the launch; `undefined` if unknown. */
  readonly startedAt: number | undefined
  readonly centsPerHour: number | undefined
  /** For `stoppedReason`. */
  readonly reason: string
  /** The exit status of the session, if it has one. */
  readonly exit?: number | undefined
}

type StopPorts = Pick<Ports, 'access' | 'tasks' | 'journal' | 'reporter' | 'clock'>

/**
 * Stops the task, reports how long it ran and what it cost, and forgets its session.
 * @param cancel for a user who only asked for the stop; the end of a session must not pass one
 * @throws FargateLoginError `stop-unconfirmed` with the command to paste
 */
export async function stopTask(input: StopInput, ports: StopPorts, cancel?: AbortSignal): Promise<void> {
  const { session, task, startedAt, centsPerHour } = input
  const { reporter, clock, journal } = ports
  if (task.desiredStatus !== 'STOPPED') {
    reporter.step('stop', `Stopping session ${session}`)
    reporter.debug(`Its task is ${arnName(task.arn)}.`)
    await requestStop(input, ports, cancel)
  }
  await journal.remove(session)
  if (startedAt === undefined) return reporter.done('stop', `Stopped session ${session}`)
  const seconds = (clock.now() - startedAt) / 1000
  const cost = centsPerHour === undefined ? '' : `, ${costText(centsPerHour, seconds)}`
  reporter.done('stop', `Stopped session ${session} after ${formatDuration(seconds)}${cost}`)
}

async function requestStop(
  input: StopInput,
  ports: StopPorts,
  cancel: AbortSignal | undefined,
): Promise<void> {
  const { cluster, task, reason, session } = input
  const { tasks, journal, reporter, clock } = ports
  using limit = startAnswerLimit('ecs:StopTask', TIME_LIMIT_SECONDS, cancel)
  const { signal } = limit
  let lastError: unknown
  const attempt = async () => {
    await tasks.stopTask(cluster, task.arn, reason, signal)
    return true
  }
  const mayPass = (error: unknown) => {
    // The error before the time-out says more than the time-out itself.
    if (!signal.aborted) lastError = error
    if (signal.aborted || !hasCode(error, 'aws-unreachable')) return false
    reporter.debug(`StopTask: ${error.message}`)
    return true
  }
  try {
    await retry(attempt, { backoff: BACKOFF, mayPass, clock, signal })
  } catch (error) {
    cancel?.throwIfAborted()
    // Only its own process writes the entry of a session.
    if (!cancel) await journal.giveUp(session, 'stop')
    throw unconfirmed(input, ports, lastError ?? error)
  }
}

const ENDS_WITH_US = 'The task ends with the embedded ECS of this command.'

function unconfirmed({ cluster, task, exit }: StopInput, { access }: StopPorts, cause: unknown) {
  const { arn } = task
  const fact =
    exit === undefined
      ? `The stop of task ${arn} could not be confirmed`
      : `The session ended with status ${exit}, but the stop of task ${arn} could not be confirmed`
  const stop = awsEcsCommand(accessTo(arn, access), 'stop-task', '--cluster', cluster, '--task', arn)
  return new FargateLoginError('stop-unconfirmed', `${fact}: ${(cause as Error).message}`, {
    hint: adviceAt(access, 'The task may still run and cost money. Stop it with:', stop) || ENDS_WITH_US,
    cause,
  })
}

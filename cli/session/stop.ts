import { stopTaskCommand } from '../core/aws-command.ts'
import { type Backoff, backoffDelay } from '../core/backoff.ts'
import { formatDuration } from '../core/duration.ts'
import { FargateLoginError } from '../core/error.ts'
import type { Plan } from '../core/plan.ts'
import { centsFor, formatCents } from '../core/price.ts'
import { type TaskSnapshot, taskId } from '../core/task.ts'
import type { Ports } from './ports.ts'

const RETRY: Backoff = { first: 500, most: 4_000, factor: 2 }
/** Milliseconds. The stop has its own limit: whatever aborted the session must not abort this. */
const TIME_LIMIT = 30_000

export interface Stoppable {
  readonly plan: Plan
  readonly task: TaskSnapshot
  /** `clock.now()` at the launch. */
  readonly startedAt: number
}

/**
 * Stops the task and says how long it ran and what that cost.
 * @throws FargateLoginError `stop-unconfirmed` with the command to paste
 */
export async function stopTask({ plan, task, startedAt }: Stoppable, ports: Ports): Promise<void> {
  const { reporter, clock } = ports
  const id = taskId(task.arn)
  if (task.desiredStatus !== 'STOPPED') {
    reporter.step('stop', `stopping ${id}`)
    await requestStop(plan, task, ports)
  }
  const seconds = (clock.now() - startedAt) / 1000
  const cost =
    plan.centsPerHour === undefined ? '' : `, about ${formatCents(centsFor(plan.centsPerHour, seconds))}`
  reporter.done('stop', `${id} after ${formatDuration(seconds)}${cost}`)
}

async function requestStop(plan: Plan, task: TaskSnapshot, ports: Ports): Promise<void> {
  const { cluster } = plan.runTask
  const limit = AbortSignal.timeout(TIME_LIMIT)
  for (let attempt = 0; ; attempt++) {
    try {
      return await ports.ecs.stopTask(cluster, task.arn, `fargate-login session ${plan.session} ended`, limit)
    } catch (error) {
      if (limit.aborted || !mayPass(error)) throw unconfirmed(plan, task, ports, error)
      ports.reporter.debug(`StopTask: ${(error as Error).message}`)
    }
    try {
      await ports.clock.sleep(backoffDelay(RETRY, attempt, Math.random()), limit)
    } catch (error) {
      throw unconfirmed(plan, task, ports, error)
    }
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof FargateLoginError && error.code === 'aws-unreachable'
}

function unconfirmed(plan: Plan, task: TaskSnapshot, ports: Ports, cause: unknown): FargateLoginError {
  return new FargateLoginError(
    'stop-unconfirmed',
    `The stop of task ${task.arn} could not be confirmed: ${(cause as Error).message}`,
    {
      hint: `It may still run and cost money. Stop it with:\n  ${stopTaskCommand(ports.access, plan.runTask.cluster, task.arn)}`,
      cause,
    },
  )
}

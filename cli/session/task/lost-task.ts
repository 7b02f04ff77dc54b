import type { Plan } from '../../core/plan/plan.ts'
import { taskId } from '../../core/task/task.ts'
import { type Backoff, backoffDelay } from '../../core/wait/backoff.ts'
import type { Ports } from '../ports.ts'
import { startAnswerLimit } from '../time-limit.ts'
import { stopTask } from './stop.ts'
import { launchOf } from './task.ts'

/** ECS lists a new task with some delay. */
const TRIES = 3
const BETWEEN: Backoff = { first: 500, most: 1_000, factor: 2 }
/** Seconds. */
const TIME_LIMIT = 10

/**
 * Stops what RunTask has started although its answer never came; the session's `startedBy` tells it from all others.
 * @returns the ID of the task, or `undefined` where ECS lists none
 * @throws FargateLoginError of ListTasks, or `stop-unconfirmed`
 */
export async function stopLostTask(plan: Plan, ports: Ports, startedAt: number): Promise<string | undefined> {
  const { cluster, startedBy } = plan.runTask
  const { ecs, clock, reporter } = ports
  reporter.step('stop', 'looking for what RunTask may have started')
  using limit = startAnswerLimit('ecs:ListTasks', TIME_LIMIT)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await clock.sleep(backoffDelay(BETWEEN, attempt - 1, Math.random()), limit.signal)
    const [arn] = await ecs.listTasks(cluster, startedBy, limit.signal)
    if (arn === undefined) continue
    const task = { arn, desiredStatus: 'RUNNING' }
    const reason = `fargate-login session ${plan.session} ended`
    await stopTask({ ...launchOf(plan), task, startedAt, reason }, ports)
    return taskId(arn)
  }
  return undefined
}

import type { Plan } from '../../core/plan/plan.ts'
import { arnName } from '../../core/text/arn.ts'
import type { Backoff } from '../../core/wait/backoff.ts'
import { retry } from '../../core/wait/retry.ts'
import type { Ports } from '../ports/ports.ts'
import { startAnswerLimit } from '../time-limit.ts'
import { stopTask } from './stop.ts'
import { launchOf } from './task.ts'

/** ECS lists a new task with a delay. */
const TRIES = 3
const BACKOFF: Backoff = { first: 500, most: 1_000, factor: 2 }
const TIME_LIMIT_SECONDS = 10

/**
 * Stops the task that RunTask may have started without answering. The session's `startedBy` identifies it.
 * @returns the task's ID, or `undefined` if ECS lists no such task
 * @throws FargateLoginError of ListTasks, or `stop-unconfirmed`
 */
export async function stopLostTask(plan: Plan, ports: Ports, startedAt: number): Promise<string | undefined> {
  const { cluster, startedBy } = plan.runTask
  const { tasks, clock, reporter } = ports
  reporter.step('stop', 'Looking for a task that RunTask may have started')
  using limit = startAnswerLimit('ecs:ListTasks', TIME_LIMIT_SECONDS)
  const { signal } = limit
  const find = async () => (await tasks.listTasks(cluster, startedBy, signal))[0]
  const arn = await retry(find, { backoff: BACKOFF, tries: TRIES, clock, signal })
  if (arn === undefined) return undefined
  const task = { arn, desiredStatus: 'RUNNING' }
  const reason = `fargate-login session ${plan.session} ended`
  await stopTask({ ...launchOf(plan), task, startedAt, reason }, ports)
  return arnName(arn)
}

import { FargateLoginError, hasCode } from '../../core/error.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { TaskSnapshot } from '../../core/task/task.ts'
import { arnName } from '../../core/text/arn.ts'
import type { Backoff } from '../../core/wait/backoff.ts'
import { retry } from '../../core/wait/retry.ts'
import type { Ports } from '../ports/ports.ts'
import { explainNoAnswer } from './explain-no-answer.ts'
import { startLaunchLimit } from './launch-limit.ts'
import { launchOf, Task } from './task.ts'

/** Launches the plan's task, which costs money from now on, until it is disposed of. */
export async function launch(plan: Plan, ports: Ports, cancel: AbortSignal): Promise<Task> {
  const { journal, reporter, clock } = ports
  cancel.throwIfAborted()
  await journal.write(plan)
  if (cancel.aborted) await journal.remove(plan.session)
  cancel.throwIfAborted()
  reporter.step('task', `Starting ${arnName(plan.runTask.taskDefinition)}`)
  const startedAt = clock.now()
  const snapshot = await runTask(plan, ports, cancel).catch(async (error: unknown) => {
    if (error instanceof NothingStarted) {
      await journal.remove(plan.session)
      throw error.cause
    }
    if (!(error instanceof FargateLoginError)) throw error
    throw await explainNoAnswer(error, { plan, startedAt }, ports, cancel)
  })
  await journal.write(plan, snapshot.arn)
  reporter.debug(`The task of session ${plan.session} is ${arnName(snapshot.arn)}.`)
  return new Task({ ...launchOf(plan), startedAt, unlessEnded: 'stop' }, snapshot, ports, cancel)
}

const RETRY: Backoff = { first: 500, most: 4_000, factor: 2 }
const TRIES = 6

/** RunTask refused its first request, so there is no task. A later refusal does not say what an earlier request did. */
class NothingStarted extends Error {}

/**
 * Calls RunTask, and repeats it with the same clientToken if no answer comes. ECS then answers with the task that it
 * has already started.
 * @throws NothingStarted, or FargateLoginError if a task may have been started anyway
 */
async function runTask(plan: Plan, ports: Ports, cancel: AbortSignal): Promise<TaskSnapshot> {
  const { tasks, clock, reporter } = ports
  using limit = startLaunchLimit(plan.timeoutSeconds, cancel, () =>
    reporter.step('stop', 'Waiting for RunTask to answer, so that the task can be stopped'),
  )
  const { signal } = limit
  const attempt = async (count: number) => {
    try {
      return await tasks.runTask(plan.runTask, signal)
    } catch (error) {
      throw count === 1 && isRefusal(error) ? new NothingStarted('refused', { cause: error }) : error
    }
  }
  const mayPass = (error: unknown) => {
    if (signal.aborted || !hasCode(error, 'aws-unreachable')) return false
    reporter.debug(`RunTask: ${error.message}`)
    return true
  }
  const snapshot = await retry(attempt, { backoff: RETRY, tries: TRIES, mayPass, clock, signal })
  return snapshot as TaskSnapshot
}

function isRefusal(error: unknown): boolean {
  return error instanceof FargateLoginError && error.code !== 'aws-unreachable'
}

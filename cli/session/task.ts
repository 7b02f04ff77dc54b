import { type AwsAccess, listTasksCommand } from '../core/aws-command.ts'
import { type Backoff, backoffDelay } from '../core/backoff.ts'
import { FargateLoginError } from '../core/error.ts'
import type { Plan } from '../core/plan.ts'
import type { TaskSnapshot } from '../core/task.ts'
import type { Ports } from './ports.ts'
import { stopTask } from './stop.ts'
import { TaskWatch } from './task-watch.ts'

/** Launches the task of the plan. It costs money from here on, until it is disposed of. */
export async function startTask(plan: Plan, ports: Ports, cancel: AbortSignal): Promise<Task> {
  cancel.throwIfAborted()
  ports.reporter.step('task', `running ${plan.runTask.taskDefinition.replace(/^.*\//, '')}`)
  const waitForAnswer = () =>
    ports.reporter.step('stop', 'waiting for the answer of RunTask, to stop the task')
  cancel.addEventListener('abort', waitForAnswer, { once: true })
  try {
    return new Task(plan, ports, await launch(plan, ports), cancel)
  } finally {
    cancel.removeEventListener('abort', waitForAnswer)
  }
}

const RETRY: Backoff = { first: 500, most: 4_000, factor: 2 }
const TRIES = 4

/**
 * RunTask, again with the same clientToken while no answer comes: ECS then answers with the task that it has started
 * already. A cancel does not end this, because an answer that is lost may mean a task that runs.
 */
async function launch(plan: Plan, { ecs, clock, reporter, access }: Ports): Promise<TaskSnapshot> {
  const never = new AbortController().signal
  for (let attempt = 0; ; attempt++) {
    try {
      return await ecs.runTask(plan.runTask)
    } catch (error) {
      if (!(error instanceof FargateLoginError) || error.code !== 'aws-unreachable') throw error
      if (attempt + 1 === TRIES) throw maybeRunning(plan, access, error)
      reporter.debug(`RunTask: ${error.message}`)
      await clock.sleep(backoffDelay(RETRY, attempt, Math.random()), never)
    }
  }
}

function maybeRunning({ runTask }: Plan, access: AwsAccess, cause: FargateLoginError): FargateLoginError {
  const find = listTasksCommand(access, runTask.cluster, runTask.startedBy)
  return new FargateLoginError(cause.code, cause.message, {
    hint: `A task may have been started all the same. Find it, and stop it, with:\n  ${find}`,
    cause,
  })
}

/** A launched task: watched from its launch on, stopped when disposed of. */
export class Task implements AsyncDisposable {
  readonly watch: TaskWatch
  /** Aborted when the user cancels or the task goes away; `reason`, a FargateLoginError, says which. */
  readonly signal: AbortSignal
  readonly #stop: () => Promise<void>
  #disposal: Promise<void> | undefined

  constructor(plan: Plan, ports: Ports, first: TaskSnapshot, cancel: AbortSignal) {
    const startedAt = ports.clock.now()
    this.watch = new TaskWatch(first, plan.runTask.cluster, ports)
    this.signal = AbortSignal.any([cancel, this.watch.gone])
    this.#stop = () => stopTask({ plan, task: this.watch.latest, startedAt }, ports)
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.watch.end().then(this.#stop)
    return this.#disposal
  }
}

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
    return new Task(plan, ports, await ports.ecs.runTask(plan.runTask), cancel)
  } finally {
    cancel.removeEventListener('abort', waitForAnswer)
  }
}

/** A launched task: watched from its launch on, stopped when disposed of. */
export class Task implements AsyncDisposable {
  readonly arn: string
  readonly watch: TaskWatch
  /** Aborted when the user cancels or the task goes away; `reason`, a FargateLoginError, says which. */
  readonly signal: AbortSignal
  readonly #stop: () => Promise<void>
  #disposal: Promise<void> | undefined

  constructor(plan: Plan, ports: Ports, first: TaskSnapshot, cancel: AbortSignal) {
    const startedAt = ports.clock.now()
    this.arn = first.arn
    this.watch = new TaskWatch(first, plan.runTask.cluster, ports)
    this.signal = AbortSignal.any([cancel, this.watch.gone])
    this.#stop = () => stopTask({ plan, task: this.watch.latest, startedAt }, ports)
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.watch.end().then(this.#stop)
    return this.#disposal
  }
}

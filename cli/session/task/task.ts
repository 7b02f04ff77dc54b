import type { Ending, TaskEnding } from '../../core/plan/activity.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { TaskSnapshot } from '../../core/task/task.ts'
import type { Ports } from '../ports/ports.ts'
import { stopTask } from './stop.ts'
import { TaskWatch } from './task-watch.ts'

/** What the stop of a task needs to know of its launch. */
export interface Launched {
  readonly session: string
  readonly cluster: string
  /** `clock.now()`; `undefined` where nobody knows when that was. */
  readonly startedAt: number | undefined
  readonly centsPerHour: number | undefined
}

export interface TaskInput extends Launched {
  /** What becomes of the task when an error keeps the flow from an Ending. */
  readonly unlessEnded: TaskEnding
}

/** What a stop needs to know of the plan. */
export function launchOf({ session, runTask, centsPerHour }: Plan): Omit<Launched, 'startedAt'> {
  return { session, cluster: runTask.cluster, centsPerHour }
}

/** A task that runs: watched all the time, and ended once, by an Ending or when it is disposed of. */
export class Task implements AsyncDisposable {
  readonly watch: TaskWatch
  /** Aborted when the user cancels or the task goes away; `reason`, a FargateLoginError, says which. */
  readonly signal: AbortSignal
  readonly #input: TaskInput
  readonly #ports: Ports
  #isEnded = false

  constructor(input: TaskInput, first: TaskSnapshot, ports: Ports, cancel: AbortSignal) {
    this.#input = input
    this.#ports = ports
    this.watch = new TaskWatch(first, input.cluster, ports)
    this.signal = AbortSignal.any([cancel, this.watch.gone])
  }

  /**
   * @returns the exit status
   * @throws FargateLoginError `stop-unconfirmed`, which tells the status that it hides
   */
  async end({ status, task }: Ending): Promise<number> {
    await this.#end(task, status)
    return status
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end(this.#input.unlessEnded)
  }

  async #end(ending: TaskEnding, exit?: number): Promise<void> {
    if (this.#isEnded) return
    this.#isEnded = true
    await this.watch.end()
    if (ending !== 'stop') return
    const reason = `fargate-login session ${this.#input.session} ended`
    await stopTask({ ...this.#input, task: this.watch.latest, reason, exit }, this.#ports)
  }
}

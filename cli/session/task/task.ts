import type { Ending, TaskEnding } from '../../core/plan/activity.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { TaskSnapshot } from '../../core/task/task.ts'
import { arnName } from '../../core/text/arn.ts'
import type { Ports } from '../ports/ports.ts'
import { stopTask } from './stop.ts'
import { TaskWatch } from './task-watch.ts'

/** What a stop needs to know about the task's launch. */
export interface Launched {
  readonly session: string
  readonly cluster: string
  /** `family:revision`, for progress lines. */
  readonly definition?: string
  /** `clock.now()`; `undefined` if unknown. */
  readonly startedAt: number | undefined
  readonly centsPerHour: number | undefined
}

export interface TaskInput extends Launched {
  /** See {@link Task.unlessEnded}. */
  readonly unlessEnded: TaskEnding
}

/** Takes from the plan what a stop needs. */
export function launchOf({ session, runTask, centsPerHour }: Plan): Omit<Launched, 'startedAt'> {
  return { session, cluster: runTask.cluster, definition: arnName(runTask.taskDefinition), centsPerHour }
}

/** A running task. It is watched all the time and ended once, by an Ending or by disposal. */
export class Task implements AsyncDisposable {
  readonly watch: TaskWatch
  readonly session: string
  /** Aborts when the user cancels or the task is gone; `reason` is a FargateLoginError. */
  readonly signal: AbortSignal
  /** What to do with the task if an error leaves the flow without an Ending. */
  unlessEnded: TaskEnding
  readonly #input: Launched
  readonly #ports: Ports
  #ending: Promise<void> | undefined

  constructor({ unlessEnded, ...input }: TaskInput, first: TaskSnapshot, ports: Ports, cancel: AbortSignal) {
    this.unlessEnded = unlessEnded
    this.session = input.session
    this.#input = input
    this.#ports = ports
    this.watch = new TaskWatch(first, input, ports)
    this.signal = AbortSignal.any([cancel, this.watch.gone])
  }

  /** @throws FargateLoginError `stop-unconfirmed`; it names the status that it hides */
  async end({ status, task }: Ending): Promise<void> {
    this.#ending ??= this.#conclude(task, status)
    await this.#ending
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The caller of `end` has the error of a stop that failed.
    if (this.#ending) return await this.#ending.catch(() => {})
    this.#ending = this.#conclude(this.unlessEnded)
    await this.#ending
  }

  async #conclude(ending: TaskEnding, exit?: number): Promise<void> {
    await this.watch.end()
    if (ending !== 'stop') return
    const reason = `fargate-login session ${this.#input.session} ended`
    await stopTask({ ...this.#input, task: this.watch.latest, reason, exit }, this.#ports)
  }
}

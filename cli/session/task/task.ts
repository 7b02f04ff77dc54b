import type { Plan } from '../../core/plan/plan.ts'
import type { TaskSnapshot } from '../../core/task/task.ts'
import type { Ports } from '../ports.ts'
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

/** What a stop needs to know of the plan. */
export function launchOf({ session, runTask, centsPerHour }: Plan): Omit<Launched, 'startedAt'> {
  return { session, cluster: runTask.cluster, centsPerHour }
}

/** A launched task: watched from its launch on, stopped when disposed of. */
export class Task implements AsyncDisposable {
  readonly watch: TaskWatch
  /** Aborted when the user cancels or the task goes away; `reason`, a FargateLoginError, says which. */
  readonly signal: AbortSignal
  readonly #stop: () => Promise<void>
  #left = false
  #exit: number | undefined
  #disposal: Promise<void> | undefined

  constructor(launched: Launched, ports: Ports, first: TaskSnapshot, cancel: AbortSignal) {
    const { cluster, session } = launched
    this.watch = new TaskWatch(first, cluster, ports)
    this.signal = AbortSignal.any([cancel, this.watch.gone])
    const reason = `fargate-login session ${session} ended`
    this.#stop = () => stopTask({ ...launched, task: this.watch.latest, reason, exit: this.#exit }, ports)
  }

  /** The session has ended with this status, which a stop that fails must not hide. */
  noteExit(status: number): void {
    this.#exit = status
  }

  /** From here on it goes on without us, until it is taken back. */
  leave(): void {
    this.#left = true
  }

  takeBack(): void {
    this.#left = false
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.watch.end().then(() => (this.#left ? undefined : this.#stop()))
    return this.#disposal
  }
}

import { FargateLoginError } from '../../core/error.ts'
import { taskStopped } from '../../core/task/stop-reason.ts'
import { isGoing, reasonIsKnown, type TaskSnapshot, taskId } from '../../core/task/task.ts'
import { type Backoff, backoffDelay } from '../../core/wait/backoff.ts'
import { settleOnce } from '../../core/wait/settle.ts'
import type { Clock, Ecs, Reporter } from '../ports.ts'
import { startAnswerLimit } from '../time-limit.ts'

// DescribeTasks is limited to about 20 calls a second for a whole account and Region.
const STARTING: Backoff = { first: 250, most: 2_000, factor: 1.25 }
const IN_SESSION: Backoff = { first: 10_000, most: 10_000, factor: 1 }
const LAST_WORDS: Backoff = { first: 500, most: 1_000, factor: 1.5 }

/** How many DescribeTasks answers ECS gets to name the reason for a stop that has begun. */
const LAST_WORDS_TRIES = 12
/** Seconds for all of them: where the network is gone, ECS cannot be asked either. */
const LAST_WORDS_LIMIT = 15
/** Right after RunTask ECS may not know the task yet, and says MISSING. */
const MISSING_TRIES = 20

type WatchPorts = { readonly ecs: Ecs; readonly reporter: Reporter; readonly clock: Clock }

/** Polls DescribeTasks at a polite pace from RunTask until the session has ended. */
export class TaskWatch {
  /** Aborted when the task goes away or, before the session, cannot be watched; `reason` is the error to show. */
  readonly gone: AbortSignal
  readonly #gone = new AbortController()
  readonly #ended = new AbortController()
  readonly #cluster: string
  readonly #ports: WatchPorts
  readonly #polling: Promise<void>
  readonly #listeners = new Set<() => void>()
  #latest: TaskSnapshot
  #answers = 0
  #pace = STARTING
  #quiet = false
  #trouble: string | undefined = 'ecs:DescribeTasks has not been answered.'

  constructor(first: TaskSnapshot, cluster: string, ports: WatchPorts) {
    this.gone = this.#gone.signal
    this.#latest = first
    this.#cluster = cluster
    this.#ports = ports
    this.#report(first)
    this.#polling = this.#poll()
  }

  get latest(): TaskSnapshot {
    return this.#latest
  }

  /** Why ECS tells nothing at the moment, if that is so. */
  get trouble(): string | undefined {
    return this.#trouble
  }

  /** The latest snapshot, then one per answer of ECS, changed or not. */
  async *snapshots(signal: AbortSignal): AsyncGenerator<TaskSnapshot, never> {
    for (;;) {
      signal.throwIfAborted()
      const seen = this.#answers
      yield this.#latest
      if (seen === this.#answers) await this.#nextAnswer(signal)
    }
  }

  /** From here on another step is what the user waits for. */
  hush(): void {
    this.#quiet = true
  }

  /** The session is up: poll rarely, and let nothing but the task's own end disturb it. */
  settle(): void {
    this.#pace = IN_SESSION
  }

  /**
   * Gives ECS some time to tell that the task is going, which is the better explanation of a broken connection.
   * @returns the `task-stopped` error, or `undefined` when the task is well
   */
  async whyGone(signal: AbortSignal, tries = LAST_WORDS_TRIES): Promise<FargateLoginError | undefined> {
    using limit = startAnswerLimit('ecs:DescribeTasks', LAST_WORDS_LIMIT, signal)
    for (let attempt = 0; ; attempt++) {
      if (this.gone.aborted) return this.gone.reason as FargateLoginError
      const task = await this.#describe(limit.signal).catch(() => undefined)
      signal.throwIfAborted()
      if (limit.signal.aborted) return undefined
      const going = task !== undefined && isGoing(task)
      // A stop that has begun gets the time to name its reason.
      const last = attempt + 1 >= (going ? LAST_WORDS_TRIES : tries)
      if (going && (last || reasonIsKnown(task))) {
        this.#latest = task
        return taskStopped(task)
      }
      if (last) return undefined
      await this.#ports.clock.sleep(backoffDelay(LAST_WORDS, attempt, Math.random()), signal)
    }
  }

  /** Stops polling. */
  async end(): Promise<void> {
    this.#ended.abort()
    await this.#polling
  }

  async #poll(): Promise<void> {
    let missing = 0
    let lastWords = 0
    const signal = this.#ended.signal
    try {
      for (let attempt = 0; !this.gone.aborted; attempt++) {
        const pace = lastWords > 0 ? LAST_WORDS : this.#pace
        await this.#ports.clock.sleep(backoffDelay(pace, attempt, Math.random()), signal)
        const task = await this.#tolerate(() => this.#describe(signal))
        if (task === 'trouble') continue
        if (task === undefined) {
          this.#trouble = 'ECS does not know the task yet (MISSING).'
          if (++missing < MISSING_TRIES) continue
          this.#gone.abort(missingTask(this.#latest))
          return
        }
        missing = 0
        this.#take(task)
        if (isGoing(task) && (reasonIsKnown(task) || ++lastWords > LAST_WORDS_TRIES)) {
          this.#gone.abort(taskStopped(task))
        }
      }
    } catch (error) {
      if (!signal.aborted) this.#gone.abort(error)
    }
  }

  /** Trouble that may pass is waited out; any other ends a start, but not a session that is up. */
  async #tolerate<T>(call: () => Promise<T>): Promise<T | 'trouble'> {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof FargateLoginError)) throw error
      if (error.code !== 'aws-unreachable' && this.#pace === STARTING) throw error
      this.#trouble = error.message
      this.#ports.reporter.debug(`DescribeTasks: ${error.message}`)
      return 'trouble'
    }
  }

  async #describe(signal: AbortSignal): Promise<TaskSnapshot | undefined> {
    return await this.#ports.ecs.describeTask(this.#cluster, this.#latest.arn, signal)
  }

  #take(task: TaskSnapshot): void {
    if (task.lastStatus !== this.#latest.lastStatus) this.#report(task)
    this.#latest = task
    this.#answers++
    this.#trouble = undefined
    for (const listener of [...this.#listeners]) listener()
  }

  #report(task: TaskSnapshot): void {
    if (!this.#quiet) this.#ports.reporter.step('task', `${taskId(task.arn)} ${task.lastStatus}`)
  }

  #nextAnswer(signal: AbortSignal): Promise<void> {
    return settleOnce(signal, ({ resolve, afterwards }) => {
      this.#listeners.add(resolve)
      afterwards(() => this.#listeners.delete(resolve))
    })
  }
}

function missingTask(task: TaskSnapshot): FargateLoginError {
  return taskStopped({ ...task, stoppedReason: 'ECS does not know the task (MISSING)' })
}

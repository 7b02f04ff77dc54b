import { FargateLoginError } from '../../core/error.ts'
import { taskStopped } from '../../core/task/stop-reason.ts'
import { isEnding, reasonIsKnown, type TaskSnapshot } from '../../core/task/task.ts'
import { type Backoff, backoffDelay } from '../../core/wait/backoff.ts'
import { retry } from '../../core/wait/retry.ts'
import { settleOnce } from '../../core/wait/settle.ts'
import type { Ports } from '../ports/ports.ts'
import { startAnswerLimit } from '../time-limit.ts'

/** The part of the flow that the task is in. */
export type Phase = 'starting' | 'connecting' | 'session'

interface PhaseRules {
  readonly pace: Backoff
  /** Whether the user waits for the task's states. */
  readonly reportsStates: boolean
  /** Whether an error that AWS answers ends the phase. Temporary trouble never does. */
  readonly endsOnError: boolean
}

// DescribeTasks is limited to about 20 calls a second for a whole account and Region.
const FAST: Backoff = { first: 250, most: 2_000, factor: 1.25 }
const SLOW: Backoff = { first: 10_000, most: 10_000, factor: 1 }

const RULES: Readonly<Record<Phase, PhaseRules>> = {
  starting: { pace: FAST, reportsStates: true, endsOnError: true },
  connecting: { pace: FAST, reportsStates: false, endsOnError: true },
  session: { pace: SLOW, reportsStates: false, endsOnError: false },
}

const ENDING: Backoff = { first: 500, most: 1_000, factor: 1.5 }
/**
 * How many DescribeTasks answers ECS gets to notice that the task is ending: about seven seconds. The image ends a task
 * without connections after ten.
 */
const NOTICE_TRIES = 8
/** How many answers may pass before a stop that has begun names its reason. */
const ENDING_TRIES = 12
/** For all of those answers together: when the network is down, ECS cannot answer either. */
const ENDING_LIMIT_SECONDS = 15
/** Right after RunTask, ECS may not know the task yet and answers MISSING. */
const MISSING_TRIES = 20

type WatchPorts = Pick<Ports, 'access' | 'tasks' | 'reporter' | 'clock'>

/** The place of the task, and its name in progress lines. */
export interface Watched {
  readonly cluster: string
  /** `family:revision`; absent: the task is not a new one, so nobody waits for its states. */
  readonly definition?: string
}

/** Polls DescribeTasks at a polite pace from RunTask until the session has ended. */
export class TaskWatch {
  /** Set by the flow. */
  phase: Phase = 'starting'
  /** Aborts when the task is gone or, before the session, cannot be watched; `reason` is the error to show. */
  readonly gone: AbortSignal
  readonly #gone = new AbortController()
  readonly #ended = new AbortController()
  readonly #cluster: string
  readonly #definition: string | undefined
  readonly #ports: WatchPorts
  readonly #polling: Promise<void>
  readonly #listeners = new Set<() => void>()
  #latest: TaskSnapshot
  #answers = 0
  #lastError: string | undefined = 'ecs:DescribeTasks has not been answered.'

  constructor(first: TaskSnapshot, { cluster, definition }: Watched, ports: WatchPorts) {
    this.gone = this.#gone.signal
    this.#latest = first
    this.#cluster = cluster
    this.#definition = definition
    this.#ports = ports
    this.#report(first)
    this.#polling = this.#poll()
  }

  get latest(): TaskSnapshot {
    return this.#latest
  }

  /** Why ECS has no news at the moment, if so. */
  get lastError(): string | undefined {
    return this.#lastError
  }

  /** Yields the latest snapshot, then one for each answer of ECS, changed or not. */
  async *snapshots(signal: AbortSignal): AsyncGenerator<TaskSnapshot, never> {
    for (;;) {
      signal.throwIfAborted()
      const seen = this.#answers
      yield this.#latest
      if (seen === this.#answers) await this.#nextAnswer(signal)
    }
  }

  /**
   * Gives ECS some time to report that the task is ending, because that explains a broken connection better.
   * @returns the `task-stopped` error, or `undefined` if the task is well
   */
  async whyGone(signal: AbortSignal): Promise<FargateLoginError | undefined> {
    using limit = startAnswerLimit('ecs:DescribeTasks', ENDING_LIMIT_SECONDS, signal)
    // A stop that has begun gets time to name its reason. `null`: the tries are used up and no stop has begun.
    const ask = async (count: number): Promise<FargateLoginError | null | undefined> => {
      if (this.gone.aborted) return this.gone.reason as FargateLoginError
      const task = await this.#describe(limit.signal).catch(() => undefined)
      signal.throwIfAborted()
      if (limit.signal.aborted) return null
      if (task === undefined || !isEnding(task)) return count >= NOTICE_TRIES ? null : undefined
      if (count < ENDING_TRIES && !reasonIsKnown(task)) return undefined
      this.#latest = task
      return this.#stopped(task)
    }
    const { clock } = this.#ports
    return (await retry(ask, { backoff: ENDING, clock, signal })) ?? undefined
  }

  /** Stops polling. */
  async end(): Promise<void> {
    this.#ended.abort()
    await this.#polling
  }

  async #poll(): Promise<void> {
    let missing = 0
    let endingAnswers = 0
    const signal = this.#ended.signal
    const { clock } = this.#ports
    try {
      for (let attempt = 0; !this.gone.aborted; attempt++) {
        const pace = endingAnswers > 0 ? ENDING : RULES[this.phase].pace
        await clock.sleep(backoffDelay(pace, attempt, Math.random()), signal)
        const task = await this.#ask(signal)
        if (task === null) continue
        if (task === undefined) {
          this.#lastError = 'ECS does not know the task yet (MISSING).'
          if (++missing < MISSING_TRIES) continue
          const stoppedReason = 'ECS does not know the task (MISSING)'
          return this.#gone.abort(this.#stopped({ ...this.#latest, stoppedReason }))
        }
        missing = 0
        this.#take(task)
        if (isEnding(task) && (reasonIsKnown(task) || ++endingAnswers > ENDING_TRIES)) {
          this.#gone.abort(this.#stopped(task))
        }
      }
    } catch (error) {
      if (!signal.aborted) this.#gone.abort(error)
    }
  }

  #stopped(task: TaskSnapshot): FargateLoginError {
    return taskStopped(task, this.#ports.access, this.phase === 'session')
  }

  /** @returns `undefined` if ECS does not know the task, `null` if there was no usable answer */
  async #ask(signal: AbortSignal): Promise<TaskSnapshot | undefined | null> {
    try {
      return await this.#describe(signal)
    } catch (error) {
      if (!(error instanceof FargateLoginError)) throw error
      if (error.code !== 'aws-unreachable' && RULES[this.phase].endsOnError) throw error
      this.#lastError = error.message
      this.#ports.reporter.debug(`DescribeTasks: ${error.message}`)
      return null
    }
  }

  async #describe(signal: AbortSignal): Promise<TaskSnapshot | undefined> {
    return await this.#ports.tasks.describeTask(this.#cluster, this.#latest.arn, signal)
  }

  #take(task: TaskSnapshot): void {
    if (task.lastStatus !== this.#latest.lastStatus) this.#report(task)
    this.#latest = task
    this.#answers++
    this.#lastError = undefined
    for (const listener of [...this.#listeners]) listener()
  }

  #report(task: TaskSnapshot): void {
    if (this.#definition === undefined || !RULES[this.phase].reportsStates) return
    this.#ports.reporter.step('task', `Starting ${this.#definition} (${task.lastStatus})`)
  }

  #nextAnswer(signal: AbortSignal): Promise<void> {
    return settleOnce(signal, ({ resolve, afterwards }) => {
      this.#listeners.add(resolve)
      afterwards(() => this.#listeners.delete(resolve))
    })
  }
}

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
  await ports.journal.write(plan)
  if (cancel.aborted) await ports.journal.remove(plan.session)
  cancel.throwIfAborted()
  ports.reporter.step('task', `running ${plan.runTask.taskDefinition.replace(/^.*\//, '')}`)
  const giveUp = new AbortController()
  const noAnswer = () =>
    giveUp.abort(new FargateLoginError('aws-unreachable', 'ecs:RunTask: no answer came in time.'))
  const patience = setTimeout(noAnswer, ANSWER_LIMIT)
  let hurry: NodeJS.Timeout | undefined
  const onCancel = () => {
    ports.reporter.step('stop', 'waiting for the answer of RunTask, to stop the task')
    hurry = setTimeout(noAnswer, ANSWER_LIMIT_ON_CANCEL)
  }
  cancel.addEventListener('abort', onCancel, { once: true })
  try {
    const first = await launch(plan, ports, giveUp.signal)
    await ports.journal.write(plan, first.arn)
    const { session, centsPerHour, runTask } = plan
    const startedAt = ports.clock.now()
    return new Task({ session, cluster: runTask.cluster, startedAt, centsPerHour }, ports, first, cancel)
  } catch (error) {
    throw explain(error, plan, ports.access, cancel)
  } finally {
    clearTimeout(patience)
    clearTimeout(hurry)
    cancel.removeEventListener('abort', onCancel)
  }
}

/** Milliseconds. ECS answers within seconds; a cancel waits less, but some, because a lost task costs money. */
const ANSWER_LIMIT = 60_000
const ANSWER_LIMIT_ON_CANCEL = 8_000

const RETRY: Backoff = { first: 500, most: 4_000, factor: 2 }
const TRIES = 4

/**
 * RunTask, again with the same clientToken while no answer comes: ECS then answers with the task that it has started
 * already.
 */
async function launch(
  plan: Plan,
  { ecs, clock, reporter, journal }: Ports,
  giveUp: AbortSignal,
): Promise<TaskSnapshot> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ecs.runTask(plan.runTask, giveUp)
    } catch (error) {
      // Refused at once: there is no task. Refused later, an earlier request may have started one.
      if (attempt === 1 && isRefusal(error)) await journal.remove(plan.session)
      if (giveUp.aborted || attempt === TRIES || !isUnreachable(error)) throw error
      reporter.debug(`RunTask: ${error.message}`)
      await clock.sleep(backoffDelay(RETRY, attempt - 1, Math.random()), giveUp)
    }
  }
}

function isUnreachable(error: unknown): error is FargateLoginError {
  return error instanceof FargateLoginError && error.code === 'aws-unreachable'
}

function isRefusal(error: unknown): boolean {
  return error instanceof FargateLoginError && !isUnreachable(error)
}

/** No answer does not mean no task, and a cancel stays a cancel. */
function explain(error: unknown, { runTask }: Plan, access: AwsAccess, cancel: AbortSignal): unknown {
  if (!isUnreachable(error)) return error
  const find = listTasksCommand(access, runTask.cluster, runTask.startedBy)
  const hint = `${error.message}\nA task may have been started all the same. Find it, and stop it, with:\n  ${find}`
  const shown = cancel.aborted ? (cancel.reason as FargateLoginError) : error
  return new FargateLoginError(shown.code, shown.message, {
    hint: cancel.aborted ? hint : hint.slice(hint.indexOf('\n') + 1),
    exitCode: shown.exitCode,
    cause: error,
  })
}

/** What the stop of a task needs to know of its launch. */
export interface Launched {
  readonly session: string
  readonly cluster: string
  /** `clock.now()`; `undefined` where nobody knows when that was. */
  readonly startedAt: number | undefined
  readonly centsPerHour: number | undefined
}

/** A launched task: watched from its launch on, stopped when disposed of. */
export class Task implements AsyncDisposable {
  readonly watch: TaskWatch
  /** Aborted when the user cancels or the task goes away; `reason`, a FargateLoginError, says which. */
  readonly signal: AbortSignal
  readonly #stop: () => Promise<void>
  #left = false
  #disposal: Promise<void> | undefined

  constructor(launched: Launched, ports: Ports, first: TaskSnapshot, cancel: AbortSignal) {
    const { cluster, session } = launched
    this.watch = new TaskWatch(first, cluster, ports)
    this.signal = AbortSignal.any([cancel, this.watch.gone])
    const reason = `fargate-login session ${session} ended`
    this.#stop = async () => await stopTask({ ...launched, task: this.watch.latest, reason }, ports)
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

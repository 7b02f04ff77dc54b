import { FargateLoginError } from '../../core/error.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { TaskSnapshot } from '../../core/task/task.ts'
import { listTasksCommand } from '../../core/text/aws-command.ts'
import { type Backoff, backoffDelay } from '../../core/wait/backoff.ts'
import type { Ports } from '../ports.ts'
import { stopLostTask } from './lost-task.ts'
import { launchOf, Task } from './task.ts'

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
  const startedAt = ports.clock.now()
  const patience = setTimeout(noAnswer, Math.min(ANSWER_LIMIT, plan.timeoutSeconds * 1000))
  let hurry: NodeJS.Timeout | undefined
  const onCancel = () => {
    ports.reporter.step('stop', 'waiting for the answer of RunTask, to stop the task')
    hurry = setTimeout(noAnswer, ANSWER_LIMIT_ON_CANCEL)
  }
  cancel.addEventListener('abort', onCancel, { once: true })
  const launched = launch(plan, ports, giveUp.signal).finally(() => {
    clearTimeout(patience)
    clearTimeout(hurry)
    cancel.removeEventListener('abort', onCancel)
  })
  const first = await launched.catch(async (error: unknown) => {
    if (!(error instanceof FargateLoginError)) throw error
    const fate = await stopLostTask(plan, ports, startedAt).catch((trouble: Error) => trouble)
    throw explain(error, fate, { plan, ports, cancel })
  })
  if (first instanceof FargateLoginError) {
    await ports.journal.remove(plan.session)
    throw first
  }
  await ports.journal.write(plan, first.arn)
  return new Task({ ...launchOf(plan), startedAt }, ports, first, cancel)
}

/** Milliseconds. ECS answers within seconds; a cancel waits less, but some, because a lost task costs money. */
const ANSWER_LIMIT = 60_000
const ANSWER_LIMIT_ON_CANCEL = 8_000

const RETRY: Backoff = { first: 500, most: 4_000, factor: 2 }
const TRIES = 6

/**
 * RunTask, again with the same clientToken while no answer comes: ECS then answers with the task that it has started
 * already.
 * @returns the task, or the error of a refusal after which there is none
 * @throws FargateLoginError where one may have been started all the same
 */
async function launch(
  plan: Plan,
  { ecs, clock, reporter }: Ports,
  giveUp: AbortSignal,
): Promise<TaskSnapshot | FargateLoginError> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ecs.runTask(plan.runTask, giveUp)
    } catch (error) {
      // Refused at once: there is no task. Refused later, an earlier request may have started one.
      if (attempt === 1 && isRefusal(error)) return error
      if (giveUp.aborted || attempt === TRIES || !isUnreachable(error)) throw error
      reporter.debug(`RunTask: ${error.message}`)
      await clock.sleep(backoffDelay(RETRY, attempt - 1, Math.random()), giveUp)
    }
  }
}

function isUnreachable(error: unknown): error is FargateLoginError {
  return error instanceof FargateLoginError && error.code === 'aws-unreachable'
}

function isRefusal(error: unknown): error is FargateLoginError {
  return error instanceof FargateLoginError && !isUnreachable(error)
}

interface Launching {
  readonly plan: Plan
  readonly ports: Ports
  readonly cancel: AbortSignal
}

/**
 * No answer does not mean no task, and a cancel stays a cancel.
 * @param fate the ID of the task that was found and stopped, why there is none, or `undefined`: ECS lists none
 */
function explain(
  error: FargateLoginError,
  fate: string | Error | undefined,
  { plan: { runTask }, ports: { access }, cancel }: Launching,
): FargateLoginError {
  const find = listTasksCommand(access, runTask.cluster, runTask.startedBy)
  const known =
    typeof fate === 'string'
      ? `It had started task ${fate} all the same, which is stopped now. Try again.`
      : `A task may have been started all the same. Find it, and stop it, with:\n  ${find}`
  const trouble = fate instanceof Error ? [`${fate.message}`] : []
  const shown = cancel.aborted ? (cancel.reason as FargateLoginError) : error
  const answer = cancel.aborted ? [error.message] : []
  // The way out of a refusal; that of silence is what is known of the task.
  const advice = isRefusal(error) && error.hint !== undefined ? [error.hint] : []
  return new FargateLoginError(shown.code, shown.message, {
    hint: [...answer, ...advice, ...trouble, known].join('\n'),
    exitCode: shown.exitCode,
    cause: error,
  })
}

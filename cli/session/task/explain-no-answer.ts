import { FargateLoginError, hasCode } from '../../core/error.ts'
import type { Plan } from '../../core/plan/plan.ts'
import { adviceAt, awsEcsCommand } from '../../core/text/paste.ts'
import type { Ports } from '../ports/ports.ts'
import { stopLostTask } from './lost-task.ts'

/**
 * Handles a RunTask without an answer, which may have started a task. It looks for that task and stops it.
 * @returns the error to show; a cancel stays a cancel
 */
export async function explainNoAnswer(
  error: FargateLoginError,
  { plan, startedAt }: { readonly plan: Plan; readonly startedAt: number },
  ports: Ports,
  cancel: AbortSignal,
): Promise<FargateLoginError> {
  const { cluster, startedBy } = plan.runTask
  const find = awsEcsCommand(ports.access, 'list-tasks', '--cluster', cluster, '--started-by', startedBy)
  const text = 'A task may still have been started. Find it with the following command, then stop it:'
  const unknown = adviceAt(ports.access, text, find)
  const known = await stopLostTask(plan, ports, startedAt).then(
    (id) => id && `Task ${id} had been started anyway; it has been stopped. Try again.`,
    (error: Error) => error,
  )
  if (typeof known !== 'string' && !hasCode(known, 'stop-unconfirmed')) {
    await ports.journal.giveUp(plan.session, 'launch')
  }
  const shown = cancel.aborted ? (cancel.reason as FargateLoginError) : error
  const hint = [
    ...(cancel.aborted ? [error.message] : []),
    // A refusal has a hint of its own. After silence, the hint is what we know about the task.
    ...(error.code !== 'aws-unreachable' && error.hint !== undefined ? [error.hint] : []),
    ...(known instanceof Error ? [known.message] : []),
    typeof known === 'string' ? known : unknown,
  ].filter((line) => line !== '')
  return new FargateLoginError(shown.code, shown.message, {
    hint: hint.join('\n'),
    exitCode: shown.exitCode,
    cause: error,
  })
}

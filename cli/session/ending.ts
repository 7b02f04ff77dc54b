import { FargateLoginError, hasCode } from '../core/error.ts'
import type { Ending } from '../core/plan/activity.ts'
import { formatDuration } from '../core/text/duration.ts'
import { sessionCommand } from '../core/text/paste.ts'
import type { Reporter } from './ports/reporter.ts'

// What becomes of the task, in words. Only the flow knows it; an adapter says what happened to its own part.

/** For the error of an activity that nobody comes back to: the task is stopped with it. */
export function afterStop(error: unknown): never {
  if (!hasCode(error, 'connection-lost')) throw error
  const next = error.hint ?? 'Start again; a long job is safe with --detach.'
  throw withHint(error, `The task is stopped now, and with it ends what ran there. ${next}`)
}

/** For the error of an attach: the session goes on without us. */
export function afterLeave(error: FargateLoginError, session: string): FargateLoginError {
  const why = error.code === 'time-out' || error.hint === undefined ? '' : `${error.hint}\n`
  return withHint(error, `${why}${goesOn(session)}`)
}

/** Tells of a task that is not stopped; the stop tells of itself. */
export function tellEnding({ task }: Ending, session: string, reporter: Reporter): void {
  if (task === 'stop') return
  reporter.done('session', task === 'leave' ? goesOn(session) : staysWarm(session, task.keepWarmSeconds))
}

function staysWarm(session: string, seconds: number): string {
  return `The task of session ${session} stays for ${formatDuration(seconds)} after its last connection`
}

export function goesOn(session: string): string {
  return `Session ${session} goes on: ${sessionCommand('attach', session)}`
}

function withHint(error: FargateLoginError, hint: string): FargateLoginError {
  const { code, message, exitCode } = error
  return new FargateLoginError(code, message, { hint, exitCode, cause: error })
}

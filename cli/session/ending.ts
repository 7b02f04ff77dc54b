import { type FargateLoginError, hasCode, withHint } from '../core/error.ts'
import { attachHint } from '../core/link/attach-hint.ts'
import type { Ending } from '../core/plan/activity.ts'
import { formatDuration } from '../core/text/duration.ts'
import { type Advice, adviceText, commandForSession } from '../core/text/paste.ts'
import type { Reporter } from './ports/reporter.ts'
import type { Task } from './task/task.ts'

// Says what becomes of the task. Only the flow knows that; an adapter describes what happened in its own part.

/** Explains an error that ends the activity. The user reads it after the task is stopped. */
export function afterFailure(error: unknown, { session, unlessEnded }: Task): never {
  if (!hasCode(error, 'connection-lost')) throw error
  if (unlessEnded !== 'stop')
    throw withHint(error, `The task of session ${session} is kept. Run the command again to join it.`)
  const next = error.hint ?? 'Start again; use --detach for long jobs.'
  throw withHint(error, `The session has ended with its connection. ${next}`)
}

/** Explains the error of an attach: the session keeps running. */
export function afterLeave(error: FargateLoginError, session: string): FargateLoginError {
  const hint = attachHint(error.code, error.hint)
  const prefix = hint === undefined ? '' : `${hint}\n`
  return withHint(error, `${prefix}${adviceText(stillRunning(session))}`)
}

/** Reports a task that keeps running; a stop reports itself. */
export function reportEnding({ task }: Ending, session: string, reporter: Reporter): void {
  if (task === 'stop') return
  if (task === 'leave') {
    const { text, command } = stillRunning(session)
    reporter.note(text, command)
  } else reporter.note(keptWarm(session, task.keepWarmSeconds))
}

function keptWarm(session: string, seconds: number): string {
  return `The task of session ${session} keeps running for ${formatDuration(seconds)} after its last connection.`
}

function stillRunning(session: string): Advice {
  return {
    text: `Session ${session} is still running. Return to it with:`,
    command: commandForSession('attach', session),
  }
}

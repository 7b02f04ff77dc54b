import { FargateLoginError, hasCode } from '../core/error.ts'
import { startLimit, type TimeLimit } from '../core/wait/time-limit.ts'

/** How long a usable connection may take; the end is a `time-out`. */
export function startTimeLimit(seconds: number, parent?: AbortSignal): TimeLimit {
  const timeOut = () =>
    new FargateLoginError('time-out', `No usable connection after ${seconds} s.`, {
      hint: 'Give it more time with --timeout; --verbose tells what it waits for.',
    })
  return startLimit(seconds, timeOut, parent)
}

/**
 * How long AWS may take to answer; the end is `aws-unreachable`.
 * @param operation as IAM spells it, e.g. `ecs:StopTask`
 */
export function startAnswerLimit(operation: string, seconds: number, parent?: AbortSignal): TimeLimit {
  const noAnswer = () =>
    new FargateLoginError('aws-unreachable', `${operation}: no answer came within ${seconds} s.`)
  return startLimit(seconds, noAnswer, parent)
}

/** Whether `error` is the end of a time limit, and not a cancel or the task's own end. */
export function isTimeOut(error: unknown): boolean {
  return hasCode(error, 'time-out')
}

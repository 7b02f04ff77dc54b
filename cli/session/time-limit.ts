import { FargateLoginError, hasCode } from '../core/error.ts'
import { startLimit, type TimeLimit } from '../core/wait/time-limit.ts'

/** Limits the wait for a usable connection; the abort reason is a `time-out`. */
export function startTimeLimit(seconds: number, parent?: AbortSignal): TimeLimit {
  const timeOut = () =>
    new FargateLoginError('time-out', `No usable connection after ${seconds} s.`, {
      hint: 'Give it more time with --timeout; --verbose shows what it is waiting for.',
    })
  return startLimit(seconds, timeOut, parent)
}

/**
 * Limits the wait for an answer of AWS; the abort reason is `aws-unreachable`.
 * @param operation as IAM spells it, e.g. `ecs:StopTask`
 */
export function startAnswerLimit(operation: string, seconds: number, parent?: AbortSignal): TimeLimit {
  const noAnswer = () =>
    new FargateLoginError('aws-unreachable', `${operation}: no answer came within ${seconds} s.`)
  return startLimit(seconds, noAnswer, parent)
}

/** Whether `error` comes from a time limit, not from a cancel or the task's own end. */
export function isTimeOut(error: unknown): boolean {
  return hasCode(error, 'time-out')
}

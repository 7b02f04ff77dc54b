import { FargateLoginError } from '../core/error.ts'

/** Aborts `signal` with a `time-out` error when the time is up; ends with its scope, or earlier. */
export interface TimeLimit extends Disposable {
  readonly signal: AbortSignal
  end(): void
}

export function startTimeLimit(seconds: number, parent: AbortSignal): TimeLimit {
  const controller = new AbortController()
  const follow = () => controller.abort(parent.reason)
  const timer = setTimeout(() => controller.abort(timeOut(seconds)), seconds * 1000)
  const end = () => {
    clearTimeout(timer)
    parent.removeEventListener('abort', follow)
  }
  if (parent.aborted) follow()
  else parent.addEventListener('abort', follow, { once: true })
  return { signal: controller.signal, end, [Symbol.dispose]: end }
}

function timeOut(seconds: number): FargateLoginError {
  return new FargateLoginError('time-out', `No usable connection after ${seconds} s.`, {
    hint: 'Give it more time with --timeout; --verbose tells what it waits for.',
  })
}

/** Whether `error` is the end of a time limit, and not a cancel or the task's own end. */
export function isTimeOut(error: unknown): boolean {
  return error instanceof FargateLoginError && error.code === 'time-out'
}

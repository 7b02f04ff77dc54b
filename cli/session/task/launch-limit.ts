import { FargateLoginError } from '../../core/error.ts'
import type { TimeLimit } from '../../core/wait/time-limit.ts'

// ECS answers within seconds. A cancel shortens the wait but does not end it, because a lost task costs money.
const ANSWER_LIMIT_MS = 60_000
const ANSWER_LIMIT_ON_CANCEL_MS = 8_000

/**
 * Limits how long RunTask may take to answer. A cancel does not end the wait at once: after the request is sent, only
 * its answer names the task to stop.
 * @param onCancel tells the user why the wait continues
 */
export function startLaunchLimit(
  timeoutSeconds: number,
  cancel: AbortSignal,
  onCancel: () => void,
): TimeLimit {
  const controller = new AbortController()
  const timeUp = () =>
    controller.abort(new FargateLoginError('aws-unreachable', 'ecs:RunTask: no answer came in time.'))
  const timers = [setTimeout(timeUp, Math.min(ANSWER_LIMIT_MS, timeoutSeconds * 1000))]
  const shorten = () => {
    onCancel()
    timers.push(setTimeout(timeUp, ANSWER_LIMIT_ON_CANCEL_MS))
  }
  cancel.addEventListener('abort', shorten, { once: true })
  const end = () => {
    for (const timer of timers) clearTimeout(timer)
    cancel.removeEventListener('abort', shorten)
  }
  return { signal: controller.signal, end, [Symbol.dispose]: end }
}

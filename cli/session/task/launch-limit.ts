import { FargateLoginError } from '../../core/error.ts'
import type { TimeLimit } from '../../core/wait/time-limit.ts'

// ECS answers within seconds. A cancel waits less, but some, because a lost task costs money.
const ANSWER_LIMIT_MS = 60_000
const ANSWER_LIMIT_ON_CANCEL_MS = 8_000

/**
 * How long RunTask may take to answer. A cancel does not end it at once: once the request is on its way, only its answer
 * tells which task to stop.
 * @param onCancel tells the user what is still waited for
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

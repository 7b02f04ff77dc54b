/** Aborts `signal` when the time is up; ends with its scope, or earlier. */
export interface TimeLimit extends Disposable {
  readonly signal: AbortSignal
  end(): void
}

/**
 * Not AbortSignal.timeout: combined with another signal by AbortSignal.any it may be collected as garbage, and then never
 * fires (seen with Node 20).
 * @param timeOut the reason of the abort when the time is up
 * @param parent whose abort is this one's, too
 */
export function startLimit(seconds: number, timeOut: () => Error, parent?: AbortSignal): TimeLimit {
  const controller = new AbortController()
  const follow = () => controller.abort(parent?.reason)
  const timer = setTimeout(() => controller.abort(timeOut()), seconds * 1000)
  const end = () => {
    clearTimeout(timer)
    parent?.removeEventListener('abort', follow)
  }
  if (parent?.aborted) follow()
  else parent?.addEventListener('abort', follow, { once: true })
  return { signal: controller.signal, end, [Symbol.dispose]: end }
}

/** Aborts `signal` when the time is up. It ends with its scope, or earlier with `end`. */
export interface TimeLimit extends Disposable {
  readonly signal: AbortSignal
  end(): void
}

/**
 * Replaces AbortSignal.timeout. Combined with another signal by AbortSignal.any, that one can be garbage-collected and
 * then never fires (seen with Node 20).
 * @param timeOut makes the abort reason when the time is up
 * @param parent an abort of this signal aborts the limit as well
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

export interface Settling<T> {
  resolve(value: T): void
  reject(reason: unknown): void
  /** Runs once the promise is settled, whichever way: the place to take listeners and timers down. */
  afterwards(undo: () => void): void
}

/**
 * A promise of what callbacks tell: the first word counts, and an aborted signal is one, with its own reason.
 * `start` is not called at all when the signal has been aborted before.
 */
export function settleOnce<T>(signal: AbortSignal, start: (settling: Settling<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const undos: (() => void)[] = []
    let settled = false
    const settle = (outcome: () => void) => {
      if (settled) return
      settled = true
      for (const undo of undos) undo()
      outcome()
    }
    const onAbort = () => settle(() => reject(signal.reason))
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort)
    undos.push(() => signal.removeEventListener('abort', onAbort))
    start({
      resolve: (value) => settle(() => resolve(value)),
      reject: (reason) => settle(() => reject(reason)),
      afterwards: (undo) => (settled ? undo() : undos.push(undo)),
    })
  })
}

/** What the promise gives, or the signal's reason when it is aborted first. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // Where the signal comes first, nobody hears how the promise fails.
  promise.catch(() => {})
  return settleOnce<T>(signal, ({ resolve, reject }) => {
    promise.then(resolve, reject)
  })
}

export interface Settling<T> {
  resolve(value: T): void
  reject(reason: unknown): void
  /** Runs once the promise is settled either way, to remove listeners and timers. */
  afterwards(undo: () => void): void
}

/**
 * A promise that callbacks settle. The first call wins; an aborted signal rejects with its reason.
 * `start` is not called if the signal is already aborted.
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

/** The promise's result, or a rejection with the signal's reason if the signal aborts first. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // After an abort, no one else handles the promise's rejection.
  promise.catch(() => {})
  return settleOnce<T>(signal, ({ resolve, reject }) => {
    promise.then(resolve, reject)
  })
}

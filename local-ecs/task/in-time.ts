import { pause } from './pause.ts'

/** Milliseconds: the longest that a timer takes, 24 days. */
const LONGEST = 2 ** 31 - 1

/**
 * The value of the promise, or `late` when the time is over.
 * @param milliseconds undefined for no limit
 * @throws what the promise rejects with, or the reason of the signal
 */
export async function inTime<Value>(
  promise: Promise<Value>,
  milliseconds: number | undefined,
  signal: AbortSignal,
): Promise<Value | 'late'> {
  const over = new AbortController()
  const time = Math.min(Math.max(milliseconds ?? LONGEST, 0), LONGEST)
  const late = pause(time, AbortSignal.any([signal, over.signal])).then(() => 'late' as const)
  try {
    const value = await Promise.race([promise, late])
    signal.throwIfAborted()
    return value
  } finally {
    over.abort()
  }
}

import { pause } from './pause.ts'

/** In milliseconds: the longest time that a timer supports, 24 days. */
const LONGEST = 2 ** 31 - 1

/**
 * The promise's value, or `late` if the time is up first.
 * @param milliseconds `undefined` means no limit
 * @throws the promise's rejection, or the signal's reason
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

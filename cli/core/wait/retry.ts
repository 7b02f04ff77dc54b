import { type Backoff, backoffDelay } from './backoff.ts'

export interface RetryInput {
  /** The waits between the tries. */
  readonly backoff: Backoff
  /** The most tries; absent: no limit except `signal`. */
  readonly tries?: number
  /** Whether to try again after this error of try `count` (from 1); absent: never. */
  readonly mayPass?: (error: unknown, count: number) => boolean
  readonly clock: { sleep(milliseconds: number, signal: AbortSignal): Promise<void> }
  /** Ends the waits. `attempt` must obey it as well. */
  readonly signal: AbortSignal
}

/**
 * Tries until there is a result.
 * @param attempt gets the number of the try, from 1; `undefined` means: not yet
 * @returns `undefined` if the last try gave no result
 * @throws the error of a try that was the last or must not be repeated, or the signal's reason
 */
export async function retry<T>(
  attempt: (count: number) => Promise<T | undefined>,
  { backoff, tries = Number.POSITIVE_INFINITY, mayPass = never, clock, signal }: RetryInput,
): Promise<T | undefined> {
  for (let count = 1; ; count++) {
    try {
      const result = await attempt(count)
      if (result !== undefined || count >= tries) return result
    } catch (error) {
      if (count >= tries || !mayPass(error, count)) throw error
    }
    await clock.sleep(backoffDelay(backoff, count - 1, Math.random()), signal)
  }
}

function never(): boolean {
  return false
}

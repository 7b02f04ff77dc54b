export interface Backoff {
  /** Milliseconds before the second try. */
  readonly first: number
  /** The longest wait in milliseconds, before jitter. */
  readonly most: number
  readonly factor: number
}

/**
 * The wait before try `attempt + 1`, in milliseconds. It varies by ±20 %, so that clients do not retry in step.
 * @param attempt 0 for the first wait
 * @param random 0 to 1
 */
export function backoffDelay(backoff: Backoff, attempt: number, random: number): number {
  const plain = Math.min(backoff.most, backoff.first * backoff.factor ** attempt)
  return Math.round(plain * (0.8 + 0.4 * random))
}

export interface Clock {
  /** Monotonic, in milliseconds. */
  now(): number
  /** Wall time, to compare with times that others recorded. */
  wallNow(): Date
  /** @throws the signal's reason */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

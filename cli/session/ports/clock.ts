export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number
  /** Wall time, for what others have noted. */
  wallNow(): Date
  /** @throws the signal's reason */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

import { setTimeout } from 'node:timers/promises'

/** Waits, or stops waiting when the signal says so; never rejects. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => {})
}

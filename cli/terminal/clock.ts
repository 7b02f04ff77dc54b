import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../session/ports/clock.ts'

export const clock: Clock = {
  now: () => performance.now(),
  wallNow: () => new Date(),
  async sleep(milliseconds, signal) {
    try {
      await delay(milliseconds, undefined, { signal })
    } catch (error) {
      signal.throwIfAborted()
      throw error
    }
  },
}

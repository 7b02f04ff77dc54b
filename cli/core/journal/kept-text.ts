import { formatDuration } from '../text/duration.ts'
import type { KeptTask } from './journal-entry.ts'

/** `kept until 14:05`; while someone may be connected, `kept 15 min 0 s`. */
export function keptText({ keepSeconds, until }: KeptTask, now: Date): string {
  const end = until === undefined ? undefined : new Date(until)
  if (!end || end <= now) return `kept ${formatDuration(keepSeconds)}`
  const [hours, minutes] = [end.getHours(), end.getMinutes()].map((number) => String(number).padStart(2, '0'))
  return `kept until ${hours}:${minutes}`
}

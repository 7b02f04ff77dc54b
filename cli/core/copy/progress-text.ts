import { formatDuration } from '../text/duration.ts'

export interface Progress {
  readonly bytes: number
  /** `undefined` if unknown. */
  readonly total: number | undefined
  readonly elapsedMs: number
}

/** `12.3 MB of 45.0 MB, 8.1 MB/s, 4 s left` */
export function progressText({ bytes, total, elapsedMs }: Progress): string {
  const rate = elapsedMs > 0 ? (bytes * 1000) / elapsedMs : 0
  const known = total !== undefined && total >= bytes
  const left = known && rate > 0 ? `, ${formatDuration((total - bytes) / rate)} left` : ''
  return `${formatBytes(bytes)}${known ? ` of ${formatBytes(total)}` : ''}, ${formatBytes(rate)}/s${left}`
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1000 ** power
  return `${power === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`
}

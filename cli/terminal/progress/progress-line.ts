import { cutToCells, mostCellsOf } from '../cells.ts'

export interface ProgressInput {
  readonly text: string
  readonly elapsedSeconds: number
  readonly limitSeconds?: number | undefined
  readonly ellipsis: string
}

export interface ProgressLine {
  readonly text: string
  /** `14 s of 300 s`; empty if there is no room for it. */
  readonly time: string
}

/** The text keeps this many cells before the time gives way. */
const LEAST_TEXT = 10
const GAP = 2

/** Fits a sentence and its time into one line of `cells` cells. */
export function progressLine(input: ProgressInput, cells: number): ProgressLine {
  const { text, ellipsis } = input
  const wanted = Math.min(mostCellsOf(text), LEAST_TEXT)
  const time = times(input).find((one) => wanted + GAP + one.length <= cells)
  if (time === undefined) return { text: cutToCells(text, cells, ellipsis), time: '' }
  return { text: cutToCells(text, cells - GAP - time.length, ellipsis), time }
}

function times({ elapsedSeconds, limitSeconds }: ProgressInput): readonly string[] {
  const elapsed = Math.floor(elapsedSeconds)
  const short = `${elapsed} s`
  if (limitSeconds !== undefined) return [`${short} of ${limitSeconds} s`, short]
  return elapsed < 60 ? [short] : [`${Math.floor(elapsed / 60)} min ${elapsed % 60} s`]
}

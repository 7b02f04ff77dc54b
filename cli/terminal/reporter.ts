import type { Verbosity } from '../core/config/config.ts'
import type { Reporter } from '../session/ports/reporter.ts'
import type { Colours } from './colour.ts'
import type { Glyphs } from './glyphs.ts'
import { lineReporter } from './progress/line-reporter.ts'
import { quietReporter } from './progress/quiet-reporter.ts'
import { spinnerReporter } from './progress/spinner.ts'

export interface ReporterOptions {
  /** stderr. */
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }
  /** Whether a terminal can move its cursor. */
  readonly canMove: boolean
  readonly colours: Colours
  readonly glyphs: Glyphs
  readonly verbosity: Verbosity
  /** Monotonic, in milliseconds. */
  readonly now: () => number
}

/** A reporter that erases its unfinished line when it is disposed of. */
export type DisposableReporter = Reporter & Disposable

/**
 * A spinner on a terminal. With --verbose, and on a terminal that cannot move its cursor, a line for each step.
 * Otherwise warnings only, as scripts want it.
 */
export function makeReporter(options: ReporterOptions): DisposableReporter {
  const { stream, verbosity, canMove } = options
  if (verbosity === 'verbose') return lineReporter(options)
  if (verbosity === 'quiet' || stream.isTTY !== true) return quietReporter(options)
  return canMove ? spinnerReporter(options) : lineReporter(options)
}

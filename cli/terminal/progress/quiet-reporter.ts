import type { DisposableReporter, ReporterOptions } from '../reporter.ts'
import { makeMessages } from './messages.ts'

/** Shows warnings only. */
export function quietReporter(options: ReporterOptions): DisposableReporter {
  const { problem, warn } = makeMessages(options)
  return {
    step: () => {},
    done: () => {},
    progress: () => {},
    note: () => {},
    problem,
    warn,
    debug: () => {},
    [Symbol.dispose]: () => {},
  }
}

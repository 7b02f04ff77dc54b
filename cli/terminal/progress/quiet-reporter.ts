import type { DisposableReporter, ReporterOptions } from '../reporter.ts'
import { makeMessages } from './messages.ts'

/** Shows warnings only. */
export function quietReporter(options: ReporterOptions): DisposableReporter {
  return {
    step: () => {},
    done: () => {},
    note: () => {},
    warn: makeMessages(options).warn,
    debug: () => {},
    [Symbol.dispose]: () => {},
  }
}

import { formatDuration } from '../../core/text/duration.ts'
import type { Step } from '../../session/ports/reporter.ts'
import { printableBlock, printableLine } from '../printable.ts'
import type { DisposableReporter, ReporterOptions } from '../reporter.ts'
import { makeMessages } from './messages.ts'

/** Writes a line for each step, with the time since the start. */
export function lineReporter(options: ReporterOptions): DisposableReporter {
  const { stream, now, verbosity, glyphs } = options
  const start = now()
  const write = (_: Step, text: string) => {
    const time = formatDuration((now() - start) / 1000)
    stream.write(`fargate-login: [${time}] ${glyphs.fit(printableLine(text))}\n`)
  }
  return {
    step: write,
    done: write,
    progress: () => {},
    ...makeMessages(options),
    debug: (text) => {
      if (verbosity === 'verbose') stream.write(`fargate-login: ${glyphs.fit(printableBlock(text))}\n`)
    },
    [Symbol.dispose]: () => {},
  }
}

import type { Verbosity } from '../core/config/config.ts'
import { formatDuration } from '../core/text/duration.ts'
import type { Reporter, Step } from '../session/ports/reporter.ts'
import type { Colours } from './colour.ts'
import { printableBlock, printableLine } from './printable.ts'

export interface ReporterOptions {
  readonly stream: NodeJS.WritableStream
  /** Whether it is a terminal that can move its cursor. */
  readonly animated: boolean
  readonly colours: Colours
  readonly verbosity: Verbosity
  /** Monotonic, in milliseconds. */
  readonly now: () => number
}

/** A reporter that erases its unfinished line when it is disposed of. */
export type DisposableReporter = Reporter & Disposable

/** A spinner on a terminal, otherwise one line per step; with --quiet, warnings only. Always on stderr. */
export function makeReporter(options: ReporterOptions): DisposableReporter {
  const { verbosity, animated } = options
  if (verbosity === 'quiet') return quietReporter(options)
  return animated && verbosity === 'normal' ? spinnerReporter(options) : lineReporter(options)
}

function quietReporter(options: ReporterOptions): DisposableReporter {
  return {
    step: () => {},
    done: () => {},
    progress: () => {},
    problem: (text) => writeProblem(options, text),
    warn: (text) => writeWarning(options, text),
    debug: () => {},
    [Symbol.dispose]: () => {},
  }
}

function lineReporter(options: ReporterOptions): DisposableReporter {
  const { stream, now, verbosity } = options
  const start = now()
  const write = (step: Step, text: string) =>
    stream.write(
      `fargate-login: ${step}: ${printableLine(text)} (${formatDuration((now() - start) / 1000)})\n`,
    )
  return {
    step: write,
    done: write,
    progress: () => {},
    problem: (text) => writeProblem(options, text),
    warn: (text) => writeWarning(options, text),
    debug: (text) => {
      if (verbosity === 'verbose') stream.write(`fargate-login: ${printableBlock(text)}\n`)
    },
    [Symbol.dispose]: () => {},
  }
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_INTERVAL = 100
const ERASE_LINE = '\r\x1b[K'
/** The steps whose end stays on the screen, with the verb for it. The others disappear. */
const LASTING: Partial<Record<Step, string>> = { connection: 'Connected:', stop: 'Stopped:' }

function spinnerReporter(options: ReporterOptions): DisposableReporter {
  const { stream, colours, now } = options
  const start = now()
  let line = ''
  let frame = 0
  let timer: NodeJS.Timeout | undefined

  const draw = () => {
    const elapsed = formatDuration((now() - start) / 1000)
    const spinner = FRAMES[frame++ % FRAMES.length] ?? ''
    stream.write(`${ERASE_LINE}${colours.cyan(spinner)} ${line} ${colours.dim(elapsed)}`)
  }
  const erase = () => {
    if (!timer) return
    clearInterval(timer)
    timer = undefined
    stream.write(ERASE_LINE)
  }
  return {
    step(step, text) {
      line = `${step}: ${printableLine(text)}`
      timer ??= setInterval(draw, FRAME_INTERVAL).unref()
      draw()
    },
    done(step, text) {
      erase()
      const verb = LASTING[step]
      if (verb === undefined) return
      stream.write(`${colours.green('✓')} ${verb} ${printableLine(text)}\n`)
    },
    progress(step, text) {
      line = `${step}: ${printableLine(text)}`
      timer ??= setInterval(draw, FRAME_INTERVAL).unref()
    },
    problem(text) {
      erase()
      writeProblem(options, text)
    },
    warn(text) {
      erase()
      writeWarning(options, text)
    },
    debug: () => {},
    [Symbol.dispose]: erase,
  }
}

function writeProblem({ stream }: ReporterOptions, text: string): void {
  stream.write(`fargate-login: ${printableLine(text)}\n`)
}

function writeWarning({ stream, colours }: ReporterOptions, text: string): void {
  stream.write(`fargate-login: ${colours.yellow('warning:')} ${printableLine(text)}\n`)
}

import type { Step, StepLimit } from '../../session/ports/reporter.ts'
import { printableLine } from '../printable.ts'
import type { DisposableReporter, ReporterOptions } from '../reporter.ts'
import { makeMessages } from './messages.ts'
import { progressLine } from './progress-line.ts'

const FRAME_INTERVAL = 100
/**
 * The cursor waits at the beginning of our line. So it stays on the line's first row when the terminal becomes narrow
 * and breaks the line in two, and this erases both.
 */
const ERASE = '\x1b[J'
/** For a terminal that does not tell its width. */
const FALLBACK_COLUMNS = 80
/** The steps whose end stays on the screen. */
const LASTING: ReadonlySet<Step> = new Set(['connection', 'stop'])

interface Shown {
  readonly step: Step
  readonly text: string
  readonly limit: StepLimit | undefined
  /** `now()` when the step began. */
  readonly since: number
}

/** Shows the current step on one line, which disappears. What lasts gets a line of its own. */
export function spinnerReporter(options: ReporterOptions): DisposableReporter {
  const { stream, colours, glyphs, now } = options
  const { note, problem, warn } = makeMessages(options)
  let shown: Shown | undefined
  let frame = 0
  let connected = false
  let timer: NodeJS.Timeout | undefined

  const columns = () => stream.columns || FALLBACK_COLUMNS
  /** Goes to the next row unless the cursor is at the beginning of one: the session's last line may lack its end. */
  const startRow = () => stream.write(`${' '.repeat(columns())}\r${ERASE}`)
  const draw = () => {
    if (!shown) return
    const { text, limit, since } = shown
    const elapsedSeconds = (now() - (limit?.since ?? since)) / 1000
    const spinner = glyphs.frames[frame % glyphs.frames.length] ?? ''
    // Text in the last column would make some terminals begin the next line.
    const cells = columns() - 1 - spinner.length - 1
    const input = { text, elapsedSeconds, limitSeconds: limit?.seconds, ellipsis: glyphs.ellipsis }
    const line = progressLine(input, cells)
    const time = line.time === '' ? '' : `  ${colours.dim(line.time)}`
    stream.write(`\r${colours.cyan(spinner)} ${line.text}${time}${ERASE}\r`)
  }
  const turn = () => {
    frame++
    draw()
  }
  const erase = () => {
    if (!shown) return
    shown = undefined
    clearInterval(timer)
    timer = undefined
    stream.off('resize', draw)
    stream.write(`\r${ERASE}`)
  }
  const clear = () => {
    if (shown) erase()
    else if (connected) startRow()
  }
  const step = (step: Step, text: string, limit?: StepLimit) => {
    if (!shown) {
      if (connected) startRow()
      stream.on('resize', draw)
    }
    const since = shown?.step === step ? shown.since : now()
    shown = { step, text: glyphs.fit(printableLine(text)), limit, since }
    timer ??= setInterval(turn, FRAME_INTERVAL).unref()
    draw()
  }
  return {
    step,
    progress(name, text) {
      // The next turn draws it.
      if (shown?.step === name) shown = { ...shown, text: glyphs.fit(printableLine(text)) }
      else step(name, text)
    },
    done(step, text) {
      const lasts = LASTING.has(step)
      if (lasts) clear()
      else erase()
      connected ||= step === 'connection'
      if (lasts) stream.write(`${colours.green(glyphs.tick)} ${glyphs.fit(printableLine(text))}\n`)
    },
    note(...message) {
      clear()
      note(...message)
    },
    problem(text) {
      clear()
      problem(text)
    },
    warn(...message) {
      clear()
      warn(...message)
    },
    debug: () => {},
    [Symbol.dispose]: erase,
  }
}

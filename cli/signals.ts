import type { Writable } from 'node:stream'
import { FargateLoginError } from './core/error.ts'

/** POSIX fixes these numbers. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 } as const

export interface Signals {
  /** Aborts at the first signal; the reason is an error that names it. */
  readonly cancel: AbortSignal
  readonly received: ReadonlySet<NodeJS.Signals>
  /** Hands every signal to the listener instead of cancelling, until it is disposed of. */
  divert(listener: SignalListener): Disposable
}

export type SignalListener = (signal: NodeJS.Signals) => void

const ALREADY_ENDING =
  'fargate-login: already ending; without the stop, the task would keep running and cost money.'
/** The progress line, and the terminal's `^C` on it. */
const ERASE_PROGRESS = '\r\x1b[J'

/**
 * Handles the signals that ask the process to end, so that it stops the task first.
 * @param canMove whether stderr is a terminal that can move its cursor
 */
export function takeSignals(stderr: Writable, canMove: boolean): Signals {
  const controller = new AbortController()
  const received = new Set<NodeJS.Signals>()
  let diverted: SignalListener | undefined
  for (const [name, number] of Object.entries(SIGNALS) as [NodeJS.Signals, number][]) {
    process.on(name, () => {
      received.add(name)
      if (diverted) return diverted(name)
      if (controller.signal.aborted) {
        stderr.write(`${canMove ? ERASE_PROGRESS : '\n'}${ALREADY_ENDING}\n`)
      }
      const exitCode = 128 + number
      controller.abort(new FargateLoginError('cancelled', `Ended by ${name}.`, { exitCode }))
    })
  }
  return {
    cancel: controller.signal,
    received,
    divert(listener) {
      diverted = listener
      return {
        [Symbol.dispose]() {
          diverted = undefined
        },
      }
    },
  }
}

import { Transform } from 'node:stream'
import { progressText } from '../../../core/copy/progress-text.ts'
import type { Ports } from '../../ports/ports.ts'

const INTERVAL_MS = 200
/** Bytes. With less, each packet of SSH waits for the one before. */
const BUFFER = 4 << 20

/** Counts the bytes of a copy, and shows them. */
export class Meter {
  /** Bytes to come in all, once they are known. */
  total: number | undefined
  #bytes = 0
  #shownAt = 0
  readonly #startedAt: number
  readonly #ports: Pick<Ports, 'reporter' | 'clock'>

  constructor(ports: Pick<Ports, 'reporter' | 'clock'>) {
    this.#ports = ports
    this.#startedAt = ports.clock.now()
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Bytes that an earlier copy brought. */
  skip(bytes: number): void {
    if (this.total !== undefined) this.total -= bytes
  }

  /** Passes bytes on and counts them. */
  stream(): Transform {
    return new Transform({
      readableHighWaterMark: BUFFER,
      writableHighWaterMark: BUFFER,
      transform: (chunk: Buffer, _, done) => {
        this.count(chunk.length)
        done(null, chunk)
      },
    })
  }

  count(bytes: number): void {
    this.#bytes += bytes
    const now = this.#ports.clock.now()
    if (now - this.#shownAt < INTERVAL_MS) return
    this.#shownAt = now
    const progress = { bytes: this.#bytes, total: this.total, elapsedMs: now - this.#startedAt }
    this.#ports.reporter.progress('session', `Copying: ${progressText(progress)}`)
  }
}

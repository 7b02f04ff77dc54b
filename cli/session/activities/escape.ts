import { Transform, type TransformCallback } from 'node:stream'

const TILDE = 0x7e
const DOT = 0x2e
const LINE_ENDS: ReadonlySet<number> = new Set([0x0a, 0x0d])

/**
 * Removes ssh's escapes from what the user types. They count at the beginning of a line: `~.` disconnects, even from a
 * hung server, and `~~` is one `~`.
 */
export class Escape extends Transform {
  readonly #leave: () => void
  #before: 'line-end' | 'tilde' | 'other' | 'left' = 'line-end'

  constructor(leave: () => void) {
    super()
    this.#leave = leave
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    const typed: number[] = []
    for (const byte of chunk) {
      if (this.#before === 'left') break
      if (this.#before === 'line-end' && byte === TILDE) {
        this.#before = 'tilde'
        continue
      }
      if (this.#before === 'tilde') {
        if (byte === DOT) {
          this.#before = 'left'
          this.#leave()
          break
        }
        typed.push(TILDE)
        this.#before = 'other'
        if (byte === TILDE) continue
      }
      typed.push(byte)
      this.#before = LINE_ENDS.has(byte) ? 'line-end' : 'other'
    }
    done(null, Buffer.from(typed))
  }
}

import { Transform, type TransformCallback } from 'node:stream'

const TILDE = 0x7e
const DOT = 0x2e
const QUESTION_MARK = 0x3f
const CONTROL_Z = 0x1a
const LINE_ENDS: ReadonlySet<number> = new Set([0x0a, 0x0d])

export interface EscapeActions {
  leave(): void
  suspend(): void
  help(): void
}

/** The answer to `~?`, for a terminal in raw mode. */
export const ESCAPE_HELP = [
  '~?',
  'Supported escape sequences:',
  ' ~.   - leave; a detached session keeps running',
  ' ~^Z  - suspend fargate-login',
  ' ~?   - this message',
  ' ~~   - send one ~',
  '(They count only at the beginning of a line.)',
  '',
].join('\r\n')

/**
 * Removes ssh's escapes from what the user types. They count at the beginning of a line: `~.` disconnects, even from a
 * hung server, `~^Z` suspends, `~?` helps, and `~~` is one `~`.
 */
export class Escape extends Transform {
  readonly #actions: EscapeActions
  #before: 'line-end' | 'tilde' | 'other' | 'left' = 'line-end'

  constructor(actions: EscapeActions) {
    super()
    this.#actions = actions
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
        if (this.#act(byte)) continue
        typed.push(TILDE)
        this.#before = 'other'
        if (byte === TILDE) continue
      }
      typed.push(byte)
      this.#before = LINE_ENDS.has(byte) ? 'line-end' : 'other'
    }
    done(null, Buffer.from(typed))
  }

  /** @returns whether the byte after a tilde makes an escape; another one may follow at once */
  #act(byte: number): boolean {
    if (byte !== DOT && byte !== CONTROL_Z && byte !== QUESTION_MARK) return false
    this.#before = byte === DOT ? 'left' : 'line-end'
    if (byte === DOT) this.#actions.leave()
    else if (byte === CONTROL_Z) this.#actions.suspend()
    else this.#actions.help()
    return true
  }
}

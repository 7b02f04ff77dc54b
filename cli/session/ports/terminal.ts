import type { Readable, Writable } from 'node:stream'
import type { Size } from '../../core/link/program.ts'

/** The user's end: where bytes come from and go to, and what a PTY needs to know. */
export type Terminal = Streams & Screen

export interface Streams {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
}

export interface Screen {
  /** stdin is a terminal, at which somebody may sit. */
  readonly interactive: boolean
  /** TERM, `xterm-256color` where there is none. */
  readonly type: string
  /** LANG and LC_*, which the far end may take for a PTY. */
  readonly locale: Readonly<Record<string, string>>
  size(): Size
  /** @returns a function that stops listening */
  onResize(listener: (size: Size) => void): () => void
  /** Every byte through, no echo; disposing restores what was. A no-op where stdin is not a terminal. */
  enterRawMode(): Disposable
}

import type { Readable, Writable } from 'node:stream'
import type { Size } from '../../core/link/program.ts'

/** The user's end of the session: its streams, and the properties that a PTY copies. */
export type Terminal = Streams & Screen

export interface Streams {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
}

export interface Screen {
  /** stdin is a terminal, so a person may be there. */
  readonly interactive: boolean
  /** TERM, or `xterm-256color` if it is not set. */
  readonly type: string
  /** LANG and LC_*, offered to the server for a PTY. */
  readonly locale: Readonly<Record<string, string>>
  size(): Size
  /** @returns a function that stops listening */
  onResize(listener: (size: Size) => void): () => void
  /** Passes every byte through, without echo; disposing restores the old mode. A no-op if stdin is not a terminal. */
  enterRawMode(): Disposable
}

import type { Readable, Writable } from 'node:stream'
import type { Size } from '../../core/link/program.ts'
import type { TerminalModes } from '../../core/link/terminal-modes.ts'

/** The user's end of the session: its streams, and the properties that a PTY copies. */
export type Terminal = Streams & Screen

export interface Streams {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
}

export interface Screen {
  /** stdin is a terminal, and read, so a person may be there. */
  readonly interactive: boolean
  /** TERM, or `xterm-256color` if it is not set. */
  readonly type: string
  /** LANG, LC_* and COLORTERM, offered to the server for a PTY. */
  readonly variables: Readonly<Record<string, string>>
  size(): Size
  /** As they were at the first call, which must precede raw mode; `undefined` if stdin is not a terminal. */
  modes(): Promise<TerminalModes | undefined>
  /** @returns a function that stops listening */
  onResize(listener: (size: Size) => void): () => void
  /** Passes every byte through, without echo; disposing restores the old mode. A no-op if stdin is not a terminal. */
  enterRawMode(): RawMode
  /** stdout and stderr are terminals, so our lines follow the program's output. */
  readonly isOneScreen: boolean
  /** Ends a line that the program has left unfinished, on a stderr that is a terminal. */
  startLine(): void
}

export interface RawMode extends Disposable {
  /** Stops the process and its group, with the old mode, until the user's shell continues them. */
  suspend(): void
}

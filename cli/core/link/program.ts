import type { TerminalModes } from './terminal-modes.ts'

/** What to open on the server: a shell, a command line for a shell, or a subsystem of sshd (RFC 4254, 6.5). */
export type Program = ProgramKind & {
  readonly pty?: Pty
  /** Variables that sshd is asked to set. */
  readonly environment?: Readonly<Record<string, string>>
}

export type ProgramKind =
  | { readonly kind: 'shell' }
  | { readonly kind: 'exec'; readonly command: string }
  | { readonly kind: 'subsystem'; readonly name: string }

export interface Pty {
  /** TERM. */
  readonly type: string
  readonly size: Size
  /** Those of our own terminal. */
  readonly modes?: TerminalModes | undefined
  /** Passes every byte through, because the remote program has its own terminal. */
  readonly raw?: boolean
}

/** The size of a terminal in characters. */
export interface Size {
  readonly columns: number
  readonly rows: number
}

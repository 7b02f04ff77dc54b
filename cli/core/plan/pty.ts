import type { PtyPolicy } from '../config/config.ts'

/** A shell or a Rails console is for a person, a shortcut may be for either, and an `exec` is for a pipe. */
export type ProgramUse = 'console' | 'shortcut' | 'command'

export interface PtyInput {
  readonly policy: PtyPolicy
  readonly use: ProgramUse
  /** Whether stdin is a terminal, and is read. */
  readonly fromTerminal: boolean
  /** Whether stdout is a terminal. */
  readonly toTerminal: boolean
}

/** Whether the program gets a terminal. ssh too looks at stdin only, so `login | tee log` has a prompt. */
export function wantsPty({ policy, use, fromTerminal, toTerminal }: PtyInput): boolean {
  if (policy !== 'auto') return policy === 'force'
  if (use === 'console') return fromTerminal
  // A file or a pipe would get CR LF, and stderr too.
  return use === 'shortcut' && fromTerminal && toTerminal
}

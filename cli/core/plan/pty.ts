import type { PtyPolicy } from '../config/config.ts'

export interface PtyInput {
  readonly policy: PtyPolicy
  /** Whether stdin and stdout are both terminals. */
  readonly onTerminal: boolean
  /** A shell or a console is for a person, an `exec` for a pipe. */
  readonly interactive: boolean
}

/** Whether the program gets a terminal. */
export function wantsPty({ policy, onTerminal, interactive }: PtyInput): boolean {
  if (policy === 'auto') return onTerminal && interactive
  return policy === 'force'
}

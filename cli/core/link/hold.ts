import type { Program, Pty } from './program.ts'
import { sttyArguments } from './terminal-modes.ts'

/** How the server holds a terminal, so that it outlives the connection (sshd-image/toolkit/hold). */
export interface Hold {
  /** Identifies the held terminal. Letters and digits only. */
  readonly name: string
  /** How many bytes of output our terminal has shown; `recent` if it has shown nothing yet. */
  readonly from?: number | 'recent'
  /** Whether the program keeps running while no client is connected. */
  readonly keep?: boolean
  /** Starts the program without showing it. */
  readonly leave?: boolean
}

/** Runs the program on a terminal that the server holds. Our terminal passes every byte through. */
export function heldProgram(program: Program & { readonly pty: Pty }, hold: Hold): Program {
  const { modes } = program.pty
  return {
    ...program,
    pty: { ...program.pty, raw: true },
    environment: {
      ...program.environment,
      FARGATE_LOGIN_HOLD: holdVariable(hold),
      // For the terminal that is held; the PTY request is about the one that shows it.
      ...(modes && { FARGATE_LOGIN_STTY: sttyArguments(modes) }),
    },
  }
}

/** The format that session.sh reads: `name:keep:from=1234`. */
function holdVariable({ name, from, keep, leave }: Hold): string {
  const words = [name]
  if (keep) words.push('keep')
  if (leave) words.push('leave')
  if (from === 'recent') words.push('again')
  // At zero, the program may not have started yet.
  else if (from) words.push(`from=${from}`)
  return words.join(':')
}

/** Asks whether the held program still runs, without showing it. If so, stdout is {@link STILL_RUNS}. */
export function holdState(name: string): Program {
  return { kind: 'shell', environment: { FARGATE_LOGIN_HOLD: `${name}:state` } }
}

export const STILL_RUNS = 'running\n'

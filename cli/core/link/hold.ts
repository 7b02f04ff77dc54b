import type { Program, Pty } from './program.ts'

/** How the far end holds a terminal, so that it outlives the connection (sshd-image/toolkit/hold). */
export interface Hold {
  /** Letters and digits; under this name it is found again. */
  readonly name: string
  /** How many bytes of its output our terminal has shown; `recent` on one that has seen nothing of it. */
  readonly from?: number | 'recent'
  /** The program is meant to go on while nobody is connected. */
  readonly keep?: boolean
  /** Start it, and do not show it. */
  readonly leave?: boolean
}

/** The program on a terminal that the far end holds; ours passes every byte as it is. */
export function heldProgram(program: Program & { readonly pty: Pty }, hold: Hold): Program {
  return {
    ...program,
    pty: { ...program.pty, raw: true },
    environment: { ...program.environment, FARGATE_LOGIN_HOLD: holdVariable(hold) },
  }
}

/** As session.sh reads it: `name:keep:from=1234`. */
function holdVariable({ name, from, keep, leave }: Hold): string {
  const words = [name]
  if (keep) words.push('keep')
  if (leave) words.push('leave')
  if (from === 'recent') words.push('again')
  // At zero it may not even have been started.
  else if (from) words.push(`from=${from}`)
  return words.join(':')
}

/** Asks whether the held program still runs, without showing it; its answer on stdout is {@link STILL_RUNS} then. */
export function holdState(name: string): Program {
  return { kind: 'shell', environment: { FARGATE_LOGIN_HOLD: `${name}:state` } }
}

export const STILL_RUNS = 'running\n'

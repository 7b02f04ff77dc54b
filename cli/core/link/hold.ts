import type { RemoteRequest } from '../plan/remote-request.ts'

/** How the far end shall hold a terminal, so that it outlives the connection (sshd-image/toolkit/hold). */
export interface Hold {
  /** Letters and digits; under this name it is found again. */
  readonly name: string
  /** How many bytes of its output our terminal has shown; `recent` on one that has seen nothing of it. */
  readonly from?: number | 'recent'
  /** The program is meant to go on while nobody is connected. */
  readonly keep?: boolean
  /** Start it, and do not look. */
  readonly leave?: boolean
}

/** The word in the server's banner that says that it can. */
export const HOLD_FEATURE = 'hold'

/** The request with its terminal held. */
export function heldRequest(request: RemoteRequest, hold: Hold): RemoteRequest {
  return {
    ...request,
    pty: true,
    raw: true,
    environment: { ...request.environment, FARGATE_LOGIN_HOLD: holdVariable(hold) },
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

/** Asks whether the program still runs, without looking at it; the answer on stdout is {@link STILL_RUNS} then. */
export function heldState(name: string): RemoteRequest {
  return { pty: false, environment: { FARGATE_LOGIN_HOLD: `${name}:state` } }
}

export const STILL_RUNS = 'running\n'

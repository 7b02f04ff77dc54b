import type { Client } from 'ssh2'
import { FargateLoginError } from '../core/error.ts'
import { foreignWords } from '../core/text/foreign-words.ts'

/** The SSH client of a connection, and what is known about its server. */
export interface Peer {
  readonly client: Client
  /** Whether the server is OpenSSH, and understands its extensions. */
  readonly openSsh: boolean
  /** Aborted when the connection ends. */
  readonly lost: AbortSignal
}

/** @param cause what broke it, where that is known */
export function connectionLost(cause?: Error): FargateLoginError {
  const why = cause === undefined ? '' : ` (${foreignWords(cause.message)})`
  return new FargateLoginError('connection-lost', `The connection to the task is lost${why}.`, { cause })
}

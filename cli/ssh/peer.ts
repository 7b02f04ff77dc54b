import type { Client } from 'ssh2'

/** The server at the other end of a connection. */
export interface Peer {
  readonly client: Client
  /** It is OpenSSH, and understands its extensions. */
  readonly openSsh: boolean
  /** Aborted when the connection ends. */
  readonly lost: AbortSignal
}

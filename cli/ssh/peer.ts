import type { Client } from 'ssh2'

/** The SSH client of a connection, and what is known about its server. */
export interface Peer {
  readonly client: Client
  /** Whether the server is OpenSSH, and understands its extensions. */
  readonly openSsh: boolean
  /** Aborted when the connection ends. */
  readonly lost: AbortSignal
}

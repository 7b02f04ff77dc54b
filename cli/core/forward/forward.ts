import { type Endpoint, endpointText } from '../link/endpoint.ts'

/** Connections to one side are carried to the other, as with ssh's -L, -R and -D. */
export type Forward = LocalForward | RemoteForward

/** We listen, and the task connects (-L). Without `to`, each client names its own destination by SOCKS (-D). */
export interface LocalForward {
  readonly side: 'local'
  readonly listen: Endpoint
  readonly to?: Endpoint
}

/** The task listens, and we connect (-R). Without `to`, each client names its own destination by SOCKS. */
export interface RemoteForward {
  readonly side: 'remote'
  readonly listen: Endpoint
  readonly to?: Endpoint
}

/** `127.0.0.1:5432 -> db.internal:5432 (through the task)`, for messages. */
export function forwardText({ side, listen, to }: Forward): string {
  const destination = to ? endpointText(to) : 'SOCKS'
  return side === 'local'
    ? `${endpointText(listen)} -> ${destination} (from the task)`
    : `${endpointText(listen)} in the task -> ${destination} (from here)`
}

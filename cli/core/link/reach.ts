/**
 * All that it takes to get to the sshd of a task, except for the private key. One shape, whether it was planned, found,
 * noted in the journal or read from there.
 * @template R `Route`, once it is known; what the plan knows of it before
 */
export interface Reach<R = Route> {
  /** The container that runs sshd. */
  readonly container: string
  readonly route: R
  /** Absent: the user whom the image names in its SSH banner. */
  readonly user?: string
  /** SHA256 fingerprint of the user's one-time key. */
  readonly userKey: string
  readonly hostKey: HostKey
}

/** How the server proves that it is the task. */
export type HostKey =
  | { readonly policy: 'verify' /** SHA256. */; readonly fingerprint: string }
  | { readonly policy: 'accept' }

export const ADDRESS_FOUND = ['private', 'public', 'ipv6', 'container instance'] as const

/** How packets travel to the task. A file of transports/ goes each kind of way. */
export type Route = TcpRoute

export interface TcpRoute {
  readonly kind: 'tcp'
  readonly host: string
  readonly port: number
  /** Which address of the task it is. */
  readonly found: (typeof ADDRESS_FOUND)[number]
  /** They decide who gets through; for hints. */
  readonly securityGroups?: readonly string[]
}

/** `10.0.0.7:2222`, for messages. */
export function routeText({ host, port }: Route): string {
  return `${host}:${port}`
}

/**
 * Everything needed to reach the sshd of a task, except for the private key. The plan, the search and the journal share
 * this shape.
 * @template R `Route` once it is known; before that, what the plan knows about it
 */
export interface Reach<R = Route> {
  /** The container that runs sshd. */
  readonly container: string
  readonly route: R
  /** Absent: the user that the image names in its SSH banner. */
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

/** How packets travel to the task. transports/ has a file for each kind. */
export type Route = TcpRoute

export interface TcpRoute {
  readonly kind: 'tcp'
  readonly host: string
  readonly port: number
  /** Which of the task's addresses this is. */
  readonly found: (typeof ADDRESS_FOUND)[number]
  /** For hints, because security groups decide which packets get through. */
  readonly securityGroups?: readonly string[]
}

/** `10.0.0.7:2222`, for messages. */
export function routeText({ host, port }: Route): string {
  return `${host}:${port}`
}

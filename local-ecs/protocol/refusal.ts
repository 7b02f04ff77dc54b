export interface RefusalDetails {
  /** The HTTP status; 400 unless AWS uses another. */
  readonly status?: number
  /** Additional members of the error, e.g. `resourceIds` of a ConflictException. */
  readonly members?: Readonly<Record<string, unknown>>
}

/** AWS's answer to a request that it refuses. An operation throws it, and the protocol renders it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** The error type in AWS's spelling, e.g. `ClusterNotFoundException`. */
  readonly code: string
  readonly status: number
  readonly members: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, details: RefusalDetails = {}) {
    super(message)
    this.code = code
    this.status = details.status ?? 400
    this.members = details.members ?? {}
  }
}

export function invalidParameter(message: string): Refusal {
  return new Refusal('InvalidParameterException', message)
}

export function clientException(message: string): Refusal {
  return new Refusal('ClientException', message)
}

/**
 * Every way in which fargate-login itself can fail, with its exit status. `docs/errors.md` has a section for each.
 *
 * 2 means wrong usage or an invalid config. 255 means that the session could not be opened or kept (as with ssh).
 */
export const ERROR_CODES = {
  usage: 2,
  'config-invalid': 2,
  'config-not-found': 2,
  'config-untrusted': 2,
  'target-unknown': 2,
  'shortcut-unknown': 2,
  'container-ambiguous': 2,
  'session-server-unmarked': 2,
  'overrides-too-long': 2,
  'credentials-missing': 255,
  'aws-refused': 255,
  'aws-unreachable': 255,
  'service-unusable': 255,
  'task-definition-unusable': 255,
  'task-definition-inactive': 255,
  'register-refused': 255,
  'register-busy': 255,
  'task-not-placed': 255,
  'task-stopped': 255,
  'address-missing': 255,
  'connection-refused': 255,
  'connection-silent': 255,
  'not-ssh': 255,
  'host-key-mismatch': 255,
  'authentication-failed': 255,
  'connection-lost': 255,
  'session-refused': 255,
  'forward-refused': 255,
  'stream-failed': 255,
  'time-out': 255,
  cancelled: 255,
  'disconnected-by-user': 255,
  'stop-unconfirmed': 255,
  'journal-unwritable': 255,
  'journal-unreadable': 255,
  'session-unknown': 255,
  'local-unavailable': 255,
  internal: 255,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof ERROR_CODES

export interface ErrorDetails {
  /** The next action, with the user's own values, if possible as a command to paste. */
  readonly hint?: string | undefined
  /** Overrides the code's exit status, for example 130 for a cancel by SIGINT. */
  readonly exitCode?: number | undefined
  /** AWS's own code, e.g. `ClusterNotFoundException`, or Node's, e.g. `ECONNREFUSED`, if there was no answer. */
  readonly awsCode?: string | undefined
  readonly cause?: unknown
}

/** The one error class: a fact (`message`, AWS's own words verbatim) and the next action (`hint`). */
export class FargateLoginError extends Error {
  override readonly name = 'FargateLoginError'
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly exitCode: number
  readonly awsCode: string | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.hint = details.hint
    this.exitCode = details.exitCode ?? ERROR_CODES[code]
    this.awsCode = details.awsCode
  }
}

/** Whether `error` is a FargateLoginError with this code. */
export function hasCode(error: unknown, code: ErrorCode): error is FargateLoginError {
  return error instanceof FargateLoginError && error.code === code
}

/** The same error with another next action, and perhaps another code. */
export function withHint(
  error: FargateLoginError,
  hint: string | undefined,
  code: ErrorCode = error.code,
): FargateLoginError {
  const { message, awsCode } = error
  const exitCode = code === error.code ? error.exitCode : undefined
  return new FargateLoginError(code, message, { hint, exitCode, awsCode, cause: error.cause ?? error })
}

export type LocalEcsErrorCode = 'image-missing' | 'runner-missing' | 'port-unusable'

/** The local ECS cannot start. Holds the fact (`message`) and the next action (`hint`). */
export class LocalEcsError extends Error {
  override readonly name = 'LocalEcsError'
  readonly code: LocalEcsErrorCode
  readonly hint: string

  constructor(
    code: LocalEcsErrorCode,
    message: string,
    details: { readonly hint: string; readonly cause?: unknown },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.hint = details.hint
  }
}

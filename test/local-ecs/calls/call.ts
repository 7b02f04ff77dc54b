/** A call of the ECS API that any client can send, and what comes of it. */
export interface Call {
  /** A noun phrase for the test's name. */
  readonly what: string
  readonly operation: string
  readonly input: object
  readonly outcome: Refused | Answered
  /** Debian 12 has clients of 2022, which do not know the operation. */
  readonly isRecent?: boolean
}

export interface Refused {
  readonly error: string
  readonly message: RegExp
  /** Who wrote the words: AWS, in its docs or in errors that users have published, or we, where none are known. */
  readonly words: 'of AWS' | 'ours'
}

/** Members that the answer has to have. */
export interface Answered {
  readonly answer: object
}

/** What a client got. */
export type Result = { readonly error: string; readonly message: string } | { readonly answer: object }

export function nameOf({ operation, what, outcome }: Call): string {
  return 'answer' in outcome
    ? `${operation} takes ${what}`
    : `${operation} refuses ${what} (words ${outcome.words})`
}

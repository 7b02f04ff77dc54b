import { FargateLoginError } from './error.ts'

// A stream of ours that fails loses bytes of the session, which must not look like success.

/** Our stdout cannot be written. */
export function outputFailed(error: Error): FargateLoginError {
  return new FargateLoginError('stream-failed', `stdout cannot be written: ${error.message}.`, {
    hint: 'The data that has arrived so far is incomplete. Fix the cause (a full disk?) and retry.',
    cause: error,
  })
}

/** Our stdin cannot be read. */
export function inputFailed(error: Error): FargateLoginError {
  return new FargateLoginError('stream-failed', `stdin cannot be read: ${error.message}.`, {
    hint: 'The command got only a part of its input, or none. Redirect stdin from a file or a pipe, and retry.',
    cause: error,
  })
}

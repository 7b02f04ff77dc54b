import { FargateLoginError } from './error.ts'

/** @param fact which of our streams failed: it loses bytes of the session, which must not look like success */
export function streamFailed(fact: string, error: Error): FargateLoginError {
  return new FargateLoginError('stream-failed', `${fact}: ${error.message}.`, {
    hint: 'The data that has arrived so far is incomplete. Fix the cause (a full disk?) and retry.',
    cause: error,
  })
}

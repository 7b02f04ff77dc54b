import { FargateLoginError } from './error.ts'

/** @param fact which of our streams failed: bytes of the session are lost, which must not look like success */
export function streamFailed(fact: string, error: Error): FargateLoginError {
  return new FargateLoginError('stream-failed', `${fact}: ${error.message}.`, {
    hint: 'What has arrived so far is incomplete. Fix the cause (a full disk?) and retry.',
    cause: error,
  })
}

import type { Credentials } from '@aws-sdk/client-sts'
import type { AwsCredentialIdentity } from '@smithy/types'
import { incompleteAnswer } from '../parse/answer.ts'

/** @throws FargateLoginError `aws-unreachable` for an answer without keys */
export function toIdentity(operation: string, given: Credentials | undefined): AwsCredentialIdentity {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {}
  if (!AccessKeyId || !SecretAccessKey) throw incompleteAnswer(operation, 'keys')
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken && { sessionToken: SessionToken }),
    ...(Expiration && { expiration: Expiration }),
  }
}

import { FargateLoginError } from '../../core/error.ts'
import type { Environment } from '../files/environment.ts'
import type { KeySource, WebIdentitySource } from './source.ts'

/** The keys in the environment. @throws FargateLoginError `credentials-missing` if there is only half of them */
export function environmentKeys(environment: Environment): KeySource | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment
  if (!accessKeyId) return undefined
  if (!secretAccessKey) {
    const hint = 'Set both, or unset AWS_ACCESS_KEY_ID to use a profile.'
    throw half('AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not.', hint)
  }
  const sessionToken = environment.AWS_SESSION_TOKEN || environment.AWS_SECURITY_TOKEN
  return { kind: 'keys', keys: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } }
}

/** The token of Kubernetes or CI. @throws FargateLoginError `credentials-missing` if the role is missing */
export function environmentToken(environment: Environment): WebIdentitySource | undefined {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile, AWS_ROLE_ARN: arn } = environment
  if (!tokenFile) return undefined
  if (!arn) {
    const hint = 'Set AWS_ROLE_ARN to the role that the token is for.'
    throw half('AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not.', hint)
  }
  const sessionName = environment.AWS_ROLE_SESSION_NAME
  return { kind: 'web-identity', arn, tokenFile, ...(sessionName && { sessionName }) }
}

function half(message: string, hint: string): FargateLoginError {
  return new FargateLoginError('credentials-missing', message, { hint })
}

import { readFile } from 'node:fs/promises'
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { AwsCredentialIdentity } from '@smithy/types'
import { FargateLoginError } from '../../core/error.ts'
import { fromSdk } from '../aws-error.ts'
import type { FetchContext } from './fetch-context.ts'
import type { WebIdentitySource } from './source.ts'
import { toIdentity } from './to-identity.ts'

/**
 * Exchanges the token in a file for credentials. The file is read each time: its owner renews it.
 * @throws FargateLoginError
 */
export async function assumeRoleWithToken(
  { profile, arn, tokenFile, sessionName }: WebIdentitySource,
  { serviceConfig }: Pick<FetchContext, 'serviceConfig'>,
): Promise<AwsCredentialIdentity> {
  const where =
    profile === undefined ? 'AWS_WEB_IDENTITY_TOKEN_FILE' : `web_identity_token_file of profile ${profile}`
  const token = await readFile(tokenFile, 'utf8').catch((error: Error) => {
    const message = `${where}: the token cannot be read: ${error.message}`
    throw new FargateLoginError('credentials-missing', message, { hint: `Correct ${where}.` })
  })
  // This call needs no signature.
  const sts = new STSClient({
    ...serviceConfig('sts'),
    credentials: { accessKeyId: '', secretAccessKey: '' },
  })
  const request = {
    RoleArn: arn,
    RoleSessionName: sessionName ?? `fargate-login-${Date.now()}`,
    WebIdentityToken: token.trim(),
  }
  try {
    const answer = await sts.send(new AssumeRoleWithWebIdentityCommand(request))
    return toIdentity('sts:AssumeRoleWithWebIdentity', answer.Credentials)
  } catch (error) {
    throw fromSdk('sts:AssumeRoleWithWebIdentity', error, {})
  } finally {
    sts.destroy()
  }
}

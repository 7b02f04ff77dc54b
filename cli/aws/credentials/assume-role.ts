import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts'
import type { AwsCredentialIdentity } from '@smithy/types'
import { type FargateLoginError, withHint } from '../../core/error.ts'
import { fromSdk, isDenied } from '../aws-error.ts'
import type { FetchContext } from './fetch-context.ts'
import { readRoleCache, writeRoleCache } from './role-cache.ts'
import type { RoleSource } from './source.ts'
import { toIdentity } from './to-identity.ts'

/**
 * Assumes a role. With a device, the result is kept where the AWS CLI keeps it: its codes work only once, and so do ours.
 * @throws FargateLoginError
 */
export async function assumeRole(role: RoleSource, context: FetchContext): Promise<AwsCredentialIdentity> {
  const { mfaSerial } = role
  const cached = mfaSerial === undefined ? undefined : await readRoleCache(role, context.environment)
  if (cached) return cached
  const credentials = await context.fetch(role.source)
  const code =
    mfaSerial === undefined ? undefined : await context.askCode({ profile: role.profile, mfaSerial })
  const sts = new STSClient({ ...context.serviceConfig('sts'), credentials })
  try {
    const answer = await sts.send(new AssumeRoleCommand(request(role, code)))
    const identity = toIdentity('sts:AssumeRole', answer.Credentials)
    if (mfaSerial !== undefined) await writeRoleCache(role, identity, context.environment)
    return identity
  } catch (error) {
    throw explain(role, fromSdk('sts:AssumeRole', error, {}))
  } finally {
    sts.destroy()
  }
}

function request(role: RoleSource, code: string | undefined): AssumeRoleCommandInput {
  return {
    RoleArn: role.arn,
    RoleSessionName: role.sessionName ?? `fargate-login-${Date.now()}`,
    ExternalId: role.externalId,
    DurationSeconds: role.durationSeconds,
    ...(code !== undefined && { SerialNumber: role.mfaSerial, TokenCode: code }),
  }
}

function explain({ profile, arn }: RoleSource, error: FargateLoginError): FargateLoginError {
  if (/MultiFactorAuthentication|MFA/.test(error.message)) {
    const hint = `Check mfa_serial of profile ${profile}, and the code: it works once, and only for half a minute.`
    return withHint(error, hint)
  }
  if (!isDenied(error)) return error
  const hint = `Profile ${profile} needs permission for sts:AssumeRole, and the trust policy of ${arn} must allow the caller.`
  return withHint(error, hint)
}

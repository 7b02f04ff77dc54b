import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/nested-clients/sso'
import { fromSso } from '@aws-sdk/token-providers'
import type { AwsCredentialIdentity } from '@smithy/types'
import { FargateLoginError, withHint } from '../../core/error.ts'
import { foreignWords } from '../../core/text/foreign-words.ts'
import { fromSdk } from '../aws-error.ts'
import { awsPath } from '../files/home.ts'
import { sharedPaths } from '../files/shared-files.ts'
import type { FetchContext } from './fetch-context.ts'
import { signInAgain } from './sign-in-again.ts'
import type { SsoSource } from './source.ts'

/**
 * Credentials of IAM Identity Center, for someone who has signed in with the AWS CLI.
 * @throws FargateLoginError `credentials-missing` if the sign-in has expired
 */
export async function ssoCredentials(
  source: SsoSource,
  context: FetchContext,
): Promise<AwsCredentialIdentity> {
  const accessToken = await readToken(source, context)
  const { accountId, roleName, region } = source
  const sso = new SSOClient({ ...context.serviceConfig('sso'), region })
  try {
    const { roleCredentials: given } = await sso.send(
      new GetRoleCredentialsCommand({ accessToken, accountId, roleName }),
    )
    if (!given?.accessKeyId || !given.secretAccessKey) {
      throw notSignedIn(source, 'IAM Identity Center returned no keys.')
    }
    return {
      accessKeyId: given.accessKeyId,
      secretAccessKey: given.secretAccessKey,
      ...(given.sessionToken && { sessionToken: given.sessionToken }),
      ...(given.expiration && { expiration: new Date(given.expiration) }),
    }
  } catch (error) {
    throw explain(source, error)
  } finally {
    sso.destroy()
  }
}

async function readToken(source: SsoSource, context: FetchContext): Promise<string> {
  return source.session === undefined
    ? await readOldToken(source, context)
    : await sessionToken(source, context)
}

/** The SDK renews the token of a session by itself, and writes it where the AWS CLI keeps it. */
async function sessionToken({ profile, ...source }: SsoSource, context: FetchContext): Promise<string> {
  const { config, credentials } = sharedPaths(context.environment)
  const clientConfig = { ...context.serviceConfig('sso_oidc'), region: source.region }
  try {
    const files = { filepath: credentials, configFilepath: config, ignoreCache: true }
    return (await fromSso({ profile, ...files, clientConfig })()).token
  } catch (error) {
    throw notSignedIn({ profile }, (error as Error).message)
  }
}

async function readOldToken(
  { profile, startUrl }: SsoSource,
  { environment }: FetchContext,
): Promise<string> {
  const name = `${createHash('sha1').update(startUrl).digest('hex')}.json`
  let token: { readonly accessToken?: unknown; readonly expiresAt?: unknown }
  try {
    token = Object(JSON.parse(await readFile(awsPath(environment, 'sso', 'cache', name), 'utf8')))
  } catch {
    throw notSignedIn({ profile }, 'there is no token of a sign-in.')
  }
  const { accessToken, expiresAt } = token
  const isValid = new Date(String(expiresAt)).getTime() > Date.now()
  if (typeof accessToken === 'string' && isValid) return accessToken
  throw notSignedIn({ profile }, 'the token has expired.')
}

function explain(source: SsoSource, thrown: unknown): FargateLoginError {
  const error = fromSdk('sso:GetRoleCredentials', thrown, {})
  if (/^Unauthorized/.test(error.awsCode ?? '')) {
    return withHint(error, signInAgain(source.profile), 'credentials-missing')
  }
  if (!/^(Forbidden|ResourceNotFound|InvalidRequest)/.test(error.awsCode ?? '')) return error
  const hint = `Check sso_account_id and sso_role_name of profile ${source.profile}.`
  return withHint(error, hint)
}

function notSignedIn({ profile }: Pick<SsoSource, 'profile'>, why: string): FargateLoginError {
  // The SDK's own advice names no profile.
  const words = foreignWords(why.replace(/ *To refresh this SSO session.*$/s, ''))
  const message = `Profile ${profile} is not signed in: ${words}`
  return new FargateLoginError('credentials-missing', message, { hint: signInAgain(profile) })
}

import { fromLoginCredentials } from '@aws-sdk/credential-provider-login'
import type { AwsCredentialIdentity } from '@smithy/types'
import { FargateLoginError } from '../../core/error.ts'
import { foreignWords } from '../../core/text/foreign-words.ts'
import { quoteWords } from '../../core/text/quote.ts'
import { sharedPaths } from '../files/shared-files.ts'
import type { FetchContext } from './fetch-context.ts'
import type { LoginSource } from './source.ts'

/** Credentials of a session of `aws login`. @throws FargateLoginError `credentials-missing` if it has ended */
export async function loginCredentials(
  { profile }: LoginSource,
  { environment, serviceConfig }: FetchContext,
): Promise<AwsCredentialIdentity> {
  const { config, credentials } = sharedPaths(environment)
  const files = { filepath: credentials, configFilepath: config, ignoreCache: true }
  try {
    return await fromLoginCredentials({ profile, ...files, clientConfig: serviceConfig('signin') })()
  } catch (error) {
    const message = `Profile ${profile} is not signed in: ${foreignWords((error as Error).message)}`
    const hint = `Sign in with:\n${quoteWords(['aws', 'login', '--profile', profile])}`
    throw new FargateLoginError('credentials-missing', message, { hint })
  }
}

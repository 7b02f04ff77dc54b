import type { AwsCredentialIdentity } from '@smithy/types'
import { FargateLoginError } from '../../core/error.ts'
import { assumeRole } from './assume-role.ts'
import type { FetchContext } from './fetch-context.ts'
import { loginCredentials } from './login.ts'
import { containerCredentials, instanceCredentials } from './machine.ts'
import { runProcess } from './run-process.ts'
import type { Source } from './source.ts'
import { ssoCredentials } from './sso.ts'
import { assumeRoleWithToken } from './web-identity.ts'

/**
 * Fetches credentials from where they come from.
 * @throws FargateLoginError
 */
export async function fetchCredentials(
  source: Source,
  context: Omit<FetchContext, 'fetch'>,
): Promise<AwsCredentialIdentity> {
  const whole: FetchContext = { ...context, fetch: (other) => fetchCredentials(other, context) }
  switch (source.kind) {
    case 'keys':
      return source.keys
    case 'role':
      return await assumeRole(source, whole)
    case 'web-identity':
      return await assumeRoleWithToken(source, whole)
    case 'sso':
      return await ssoCredentials(source, whole)
    case 'process':
      return await runProcess(source, whole)
    case 'login':
      return await loginCredentials(source, whole)
    case 'container':
      return await containerCredentials()
    case 'instance': {
      const credentials = await instanceCredentials()
      if (credentials) return credentials
      throw new FargateLoginError(
        'credentials-missing',
        'The role of the EC2 instance gives no credentials.',
        {
          hint: 'Check that this machine is an EC2 instance with a role, or use another profile with --profile.',
        },
      )
    }
  }
}

import type { AwsCredentialIdentity } from '@smithy/types'
import { FargateLoginError } from '../../core/error.ts'
import { assumeRole } from './assume-role.ts'
import type { FetchContext } from './fetch-context.ts'
import { runProcess } from './run-process.ts'
import type { Source } from './source.ts'
import { assumeRoleWithToken } from './web-identity.ts'

// Loads the rare sources on demand.

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
    case 'sso': {
      const { ssoCredentials } = await import('./sso.ts')
      return await ssoCredentials(source, whole)
    }
    case 'process':
      return await runProcess(source, whole)
    case 'login': {
      const { loginCredentials } = await import('./login.ts')
      return await loginCredentials(source, whole)
    }
    case 'container': {
      const { containerCredentials } = await import('./machine.ts')
      return await containerCredentials()
    }
    case 'instance': {
      const { instanceCredentials } = await import('./machine.ts')
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

import { fromHttp } from '@aws-sdk/credential-provider-http'
import { fromInstanceMetadata } from '@smithy/credential-provider-imds'
import type { AwsCredentialIdentity } from '@smithy/types'
import { FargateLoginError } from '../../core/error.ts'
import { foreignWords } from '../../core/text/foreign-words.ts'

// Neither goes through a proxy: the addresses are of this machine only.

/** Given to the SDK so that it keeps its warnings to itself. */
const QUIET = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }

/** The role of the container that we run in. @throws FargateLoginError `credentials-missing` */
export async function containerCredentials(): Promise<AwsCredentialIdentity> {
  try {
    return await fromHttp({ logger: QUIET })()
  } catch (error) {
    const words = foreignWords((error as Error).message)
    throw new FargateLoginError(
      'credentials-missing',
      `The container's role gives no credentials: ${words}`,
      {
        hint: 'Check AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI and the role.',
      },
    )
  }
}

/** The role of the EC2 instance that we run on; `undefined` if we do not run on one, or it has no role. */
export async function instanceCredentials(): Promise<AwsCredentialIdentity | undefined> {
  return await fromInstanceMetadata({ logger: QUIET })().catch(() => undefined)
}

import type { AwsCredentialIdentity } from '@smithy/types'
import type { ServiceConfig } from '../clients.ts'
import type { Environment } from '../files/environment.ts'
import type { Service } from '../settings/endpoint.ts'
import type { Source } from './source.ts'

/** Everything that it takes to fetch credentials from any source. */
export interface FetchContext {
  readonly environment: Environment
  /** The settings of an SDK client, without credentials. */
  serviceConfig(service: Service): ServiceConfig
  /** Asks a person for the code of a device. @throws FargateLoginError `credentials-missing` if nobody can answer */
  askCode(source: { readonly profile: string; readonly mfaSerial: string }): Promise<string>
  /** Fetches the credentials that a role is assumed with. */
  fetch(source: Source): Promise<AwsCredentialIdentity>
  /** Ends the programs that are still running. */
  readonly signal: AbortSignal
}

import type { NodeHttpHandler } from '@smithy/node-http-handler'
import type { AwsCredentialIdentity } from '@smithy/types'
import { makeRequestHandler } from './network/request-handler.ts'
import type { Service } from './settings/endpoint.ts'
import { MAX_ATTEMPTS } from './settings/retries.ts'
import type { ServiceSettings } from './settings/service-settings.ts'

/** The settings of an SDK client, without credentials. */
export interface ServiceConfig extends ServiceSettings {
  readonly requestHandler: NodeHttpHandler
}

export interface ClientConfig extends ServiceConfig {
  readonly credentials: () => Promise<AwsCredentialIdentity>
}

/** How the clients reach AWS. */
export interface AwsClients {
  /** For a new client: no two clients share connections. */
  config(service: Service): ClientConfig
  /** Asks for the code of a device now, if the credentials need one. A call would give a person little time for it. */
  signIn(): Promise<void>
  /** Fetches credentials from their source again. */
  freshCredentials(): Promise<AwsCredentialIdentity>
  /** The next action for credentials that AWS calls expired or wrong. */
  renewal(): string
  /** For messages: the CA bundle that is used instead of the usual certificates. */
  readonly caBundle?: string
}

/** RunTask places the task before it answers. */
export const RUN_TASK_TIMEOUT_MS = 20_000

/** Clients of the embedded ECS, which accepts any credentials. Nothing of the user's own AWS settings counts. */
export function embeddedClients({ endpointUrl, region, credentials }: EmbeddedPlace): AwsClients {
  return {
    config: () => ({
      region,
      endpoint: endpointUrl,
      ignoreConfiguredEndpointUrls: true,
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      maxAttempts: MAX_ATTEMPTS,
      retryMode: 'standard',
      requestHandler: makeRequestHandler({ environment: {}, ca: undefined }),
      credentials: async () => credentials,
    }),
    signIn: async () => {},
    freshCredentials: async () => credentials,
    renewal: () => 'The embedded ECS accepts any credentials. Is this its endpoint?',
  }
}

export interface EmbeddedPlace {
  readonly endpointUrl: string
  readonly region: string
  readonly credentials: StaticCredentials
}

export interface StaticCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

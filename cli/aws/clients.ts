import type { AwsAccess } from '../core/text/paste.ts'

/**
 * The settings of every SDK client. Region, credentials and endpoints follow the SDK's own chain if they are not set.
 */
export interface ClientConfig {
  readonly region?: string
  readonly profile?: string
  readonly endpoint?: string
  readonly credentials?: StaticCredentials
  readonly maxAttempts: number
  readonly requestHandler: {
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly throwOnRequestTimeout: boolean
  }
}

export interface StaticCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

// No call may hang. ECS's control plane answers within seconds or not at all.
const CONNECTION_TIMEOUT_MS = 5_000
export const REQUEST_TIMEOUT_MS = 8_000
/** RunTask places the task before it answers. */
export const RUN_TASK_TIMEOUT_MS = 20_000

/** @param credentials only for the embedded ECS, which accepts any */
export function clientConfig(access: AwsAccess, credentials?: StaticCredentials): ClientConfig {
  return {
    ...(access.region !== undefined && { region: access.region }),
    ...(access.profile !== undefined && { profile: access.profile }),
    ...(access.endpointUrl !== undefined && { endpoint: access.endpointUrl }),
    ...(credentials && { credentials }),
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  }
}

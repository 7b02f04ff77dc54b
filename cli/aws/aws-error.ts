import { type ErrorCode, FargateLoginError } from '../core/error.ts'

/** What the SDK throws: service exceptions, credential and configuration errors, plain network errors. */
interface SdkError extends Error {
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
  readonly $retryable?: { readonly throttling?: boolean }
}

const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|LimitExceeded|SlowDown/
const CREDENTIALS = /CredentialsProviderError|TokenProviderError|SSOTokenProviderFailure/
const EXPIRED =
  /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|AuthFailure|RequestExpired|InvalidSignature/
const DENIED = /AccessDenied|UnauthorizedOperation|NotAuthorized/

/**
 * Calls the SDK and turns what it throws into our one error, AWS's words kept verbatim.
 * A cancel keeps the signal's own reason.
 * @param operation as IAM spells it, e.g. `ecs:RunTask`
 */
export async function callAws<T>(
  operation: string,
  call: (options: { readonly abortSignal?: AbortSignal }) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  try {
    return await call(signal ? { abortSignal: signal } : {})
  } catch (error) {
    signal?.throwIfAborted()
    throw fromSdk(operation, error as SdkError)
  }
}

/** Whether AWS said that the caller may not: IAM answers for ecs:RegisterTaskDefinition also where iam:PassRole lacks. */
export function isDenied(error: FargateLoginError): boolean {
  return (
    error.code === 'aws-refused' &&
    (/is not authorized to perform/.test(error.message) ||
      (error.cause instanceof Error && DENIED.test(error.cause.name)))
  )
}

function fromSdk(operation: string, error: SdkError): FargateLoginError {
  const fail = (code: ErrorCode, hint: string | undefined) =>
    new FargateLoginError(code, `${operation}: ${error.name}: ${error.message}`, { hint, cause: error })

  if (CREDENTIALS.test(error.name)) {
    return fail(
      'credentials-missing',
      'Set AWS_PROFILE or --profile, or sign in (aws sso login). To try without AWS: fargate-login --local',
    )
  }
  if (/Region is missing/.test(error.message)) {
    return fail('credentials-missing', 'Set AWS_REGION, --region, or a region in the profile.')
  }
  if (EXPIRED.test(error.name)) {
    return fail(
      'aws-refused',
      'The credentials are expired or wrong. Sign in again (aws sso login), check --profile.',
    )
  }
  if (DENIED.test(error.name)) {
    return fail('aws-refused', `The caller needs ${operation}; docs/iam.md has a policy to paste.`)
  }
  const status = error.$metadata?.httpStatusCode
  const passes =
    status === undefined || status >= 500 || THROTTLED.test(error.name) || error.$retryable !== undefined
  if (passes)
    return fail('aws-unreachable', 'Check the network, --region and --endpoint-url; then try again.')
  return fail('aws-refused', hintFor(error))
}

function hintFor(error: SdkError): string | undefined {
  if (error.name === 'ClusterNotFoundException') {
    return 'Check --cluster and --region. The clusters there: aws ecs list-clusters'
  }
  if (error.name === 'PlatformTaskDefinitionIncompatibilityException') {
    return 'Choose a newer platform version in the service, or another task definition.'
  }
  if (/Unable to describe task definition|TaskDefinition not found/.test(error.message)) {
    return 'Check --task-definition and --region. The families there: aws ecs list-task-definition-families'
  }
  return undefined
}

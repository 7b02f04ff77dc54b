import { type ErrorCode, FargateLoginError } from '../core/error.ts'
import { foreignWords } from '../core/text/foreign-words.ts'
import { type AwsAccess, adviceAt, awsEcsCommand } from '../core/text/paste.ts'
import { NOT_AWS } from './parse/answer.ts'

/** The SDK's errors: service exceptions, credential and configuration errors, plain network errors. */
interface SdkError {
  readonly code?: string
  readonly name: unknown
  readonly message: unknown
  /** The side that AWS blames; absent if the error does not come from AWS. */
  readonly $fault?: string
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
  readonly $retryable?: { readonly throttling?: boolean }
}

const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|LimitExceeded|SlowDown/
const CREDENTIALS = /CredentialsProviderError|TokenProviderError|SSOTokenProviderFailure/
const EXPIRED =
  /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|AuthFailure|RequestExpired|InvalidSignature/
const DENIED = /AccessDenied|UnauthorizedOperation|NotAuthorized/

/** Whether AWS denied the permission. IAM names ecs:RegisterTaskDefinition even if only iam:PassRole is missing. */
export function isDenied(error: FargateLoginError): boolean {
  return (
    error.code === 'aws-refused' &&
    (/is not authorized to perform/.test(error.message) || DENIED.test(error.awsCode ?? ''))
  )
}

/** Whether AWS calls the credentials expired or unknown. Their source may have new ones by now. */
export function isExpired(error: unknown): boolean {
  return error instanceof FargateLoginError && EXPIRED.test(error.awsCode ?? '')
}

/** @param operation as IAM spells it, e.g. `ecs:RunTask` */
export function fromSdk(operation: string, thrown: unknown, access: AwsAccess): FargateLoginError {
  const error = thrown as SdkError
  // The SDK copies these from any answer, so they may not be text.
  const name = typeof error.name === 'string' ? foreignWords(error.name) : 'Unknown'
  const message = typeof error.message === 'string' ? foreignWords(error.message) : 'no message'
  // A network error has no name of its own, so take Node's code.
  const awsCode = error.code ?? name
  const fail = (code: ErrorCode, hint: string, fact = `${name}: ${message}`) =>
    new FargateLoginError(code, `${operation}: ${fact}`, { hint, awsCode, cause: error })

  const status = error.$metadata?.httpStatusCode
  if (status !== undefined && (error.$fault === undefined || name === 'Unknown')) {
    // Without `$fault`, the SDK could not parse the answer, and its message explains at length how to inspect it.
    const fault = error.$fault === undefined ? `: ${message.replace(/ Deserialization error: .*$/, '')}` : ''
    return fail(
      status >= 300 && status < 500 ? 'aws-refused' : 'aws-unreachable',
      NOT_AWS,
      `HTTP ${status}, but not in the form of an AWS answer${fault}`,
    )
  }
  if (CREDENTIALS.test(name)) {
    return fail('credentials-missing', 'Set AWS_PROFILE or --profile, or sign in (aws sso login).')
  }
  if (/Region is missing/.test(message)) {
    return fail('credentials-missing', 'Set AWS_REGION, --region, or a region in the profile.')
  }
  if (error.code === 'ERR_INVALID_URL') {
    return fail(
      'config-invalid',
      'Check --endpoint-url, endpoint_url in the profile and AWS_ENDPOINT_URL…: each must be a URL such as https://host:8443.',
    )
  }
  if (/is not a valid hostname component/.test(message)) {
    return fail(
      'config-invalid',
      'Check --region, AWS_REGION and the profile: each must be a Region such as eu-central-1.',
    )
  }
  if (EXPIRED.test(name)) {
    return fail(
      'aws-refused',
      'The credentials are expired or wrong. Sign in again (aws sso login), or check --profile.',
    )
  }
  if (DENIED.test(name)) {
    return fail('aws-refused', `The caller needs ${operation}; docs/iam.md has a policy to paste.`)
  }
  const isTemporary =
    status === undefined || status >= 500 || THROTTLED.test(name) || error.$retryable !== undefined
  if (isTemporary)
    return fail('aws-unreachable', 'Check the network, --region and --endpoint-url; then try again.')
  return fail('aws-refused', hintFor(name, message, access))
}

function hintFor(name: string, message: string, access: AwsAccess): string {
  if (name === 'ClusterNotFoundException') {
    const advice = adviceAt(access, 'List the clusters there with:', awsEcsCommand(access, 'list-clusters'))
    return `Check --cluster and --region. ${advice}`.trim()
  }
  if (name === 'PlatformTaskDefinitionIncompatibilityException') {
    return 'Choose a newer platform version in the service, or another task definition.'
  }
  if (/Unable to describe task definition|TaskDefinition not found/.test(message)) {
    const families = awsEcsCommand(access, 'list-task-definition-families')
    return `Check --task-definition and --region. ${adviceAt(access, 'List the families there with:', families)}`.trim()
  }
  return 'Check the values that AWS names; fargate-login plan -v prints the request.'
}

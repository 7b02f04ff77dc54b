import { type ErrorCode, FargateLoginError } from '../core/error.ts'
import { foreignWords } from '../core/text/foreign-words.ts'
import { type AwsAccess, awsEcsCommand } from '../core/text/paste.ts'
import { NOT_AWS } from './parse/answer.ts'

/** What the SDK throws: service exceptions, credential and configuration errors, plain network errors. */
interface SdkError {
  readonly code?: string
  readonly name: unknown
  readonly message: unknown
  /** Whose fault AWS says it is; absent where it was not AWS that spoke. */
  readonly $fault?: string
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
  readonly $retryable?: { readonly throttling?: boolean }
}

const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|LimitExceeded|SlowDown/
const CREDENTIALS = /CredentialsProviderError|TokenProviderError|SSOTokenProviderFailure/
const EXPIRED =
  /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|AuthFailure|RequestExpired|InvalidSignature/
const DENIED = /AccessDenied|UnauthorizedOperation|NotAuthorized/

/** Whether AWS said that the caller may not: IAM answers for ecs:RegisterTaskDefinition also where iam:PassRole lacks. */
export function isDenied(error: FargateLoginError): boolean {
  return (
    error.code === 'aws-refused' &&
    (/is not authorized to perform/.test(error.message) || DENIED.test(error.awsCode ?? ''))
  )
}

/** Whether AWS takes the credentials for expired, or no longer knows them: others may have been put in their place. */
export function isExpired(error: unknown): boolean {
  return error instanceof FargateLoginError && EXPIRED.test(error.awsCode ?? '')
}

/** @param operation as IAM spells it, e.g. `ecs:RunTask` */
export function fromSdk(operation: string, thrown: unknown, access: AwsAccess): FargateLoginError {
  const error = thrown as SdkError
  // What the SDK took from an answer of whatever form need not be text.
  const name = typeof error.name === 'string' ? foreignWords(error.name) : 'Unknown'
  const words = typeof error.message === 'string' ? foreignWords(error.message) : 'no message'
  // Node's code of a network error, which has no name of its own.
  const awsCode = error.code ?? name
  const fail = (code: ErrorCode, hint: string, message = `${name}: ${words}`) =>
    new FargateLoginError(code, `${operation}: ${message}`, { hint, awsCode, cause: error })

  const status = error.$metadata?.httpStatusCode
  if (status !== undefined && (error.$fault === undefined || name === 'Unknown')) {
    // Without `$fault` the SDK could not read the answer, and says at length how to look at it.
    const fault = error.$fault === undefined ? `: ${words.replace(/ Deserialization error: .*$/, '')}` : ''
    const message = `HTTP ${status}, and not as AWS answers${fault}`
    return fail(status >= 300 && status < 500 ? 'aws-refused' : 'aws-unreachable', NOT_AWS, message)
  }
  if (CREDENTIALS.test(name)) {
    return fail(
      'credentials-missing',
      'Set AWS_PROFILE or --profile, or sign in (aws sso login). To try without AWS: fargate-login --local',
    )
  }
  if (/Region is missing/.test(words)) {
    return fail('credentials-missing', 'Set AWS_REGION, --region, or a region in the profile.')
  }
  if (error.code === 'ERR_INVALID_URL') {
    return fail(
      'config-invalid',
      'Check --endpoint-url, endpoint_url in the profile and AWS_ENDPOINT_URL…: a URL such as https://host:8443.',
    )
  }
  if (/is not a valid hostname component/.test(words)) {
    return fail(
      'config-invalid',
      'Check --region, AWS_REGION and the profile: a Region such as eu-central-1.',
    )
  }
  if (EXPIRED.test(name)) {
    return fail(
      'aws-refused',
      'The credentials are expired or wrong. Sign in again (aws sso login), check --profile.',
    )
  }
  if (DENIED.test(name)) {
    return fail('aws-refused', `The caller needs ${operation}; docs/iam.md has a policy to paste.`)
  }
  const passes =
    status === undefined || status >= 500 || THROTTLED.test(name) || error.$retryable !== undefined
  if (passes)
    return fail('aws-unreachable', 'Check the network, --region and --endpoint-url; then try again.')
  return fail('aws-refused', hintFor(name, words, access))
}

function hintFor(name: string, words: string, access: AwsAccess): string {
  if (name === 'ClusterNotFoundException') {
    return `Check --cluster and --region. The clusters there: ${awsEcsCommand(access, 'list-clusters')}`
  }
  if (name === 'PlatformTaskDefinitionIncompatibilityException') {
    return 'Choose a newer platform version in the service, or another task definition.'
  }
  if (/Unable to describe task definition|TaskDefinition not found/.test(words)) {
    const families = awsEcsCommand(access, 'list-task-definition-families')
    return `Check --task-definition and --region. The families there: ${families}`
  }
  return 'Check what AWS names there; fargate-login plan prints what would be asked of it.'
}

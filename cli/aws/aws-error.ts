import { type ErrorCode, FargateLoginError } from '../core/error.ts'
import { foreignWords } from '../core/text/foreign-words.ts'
import { type AwsAccess, adviceAt, awsEcsCommand } from '../core/text/paste.ts'
import { nothingListens } from './nothing-listens.ts'
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

/** How the user reaches AWS, and what helps if that fails. */
export interface AwsCaller extends AwsAccess {
  /** The next action for credentials that AWS calls expired or wrong. */
  renewal?(): string
  /** The CA bundle that is used instead of the usual certificates. */
  readonly caBundle?: string
}

const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|LimitExceeded|SlowDown/
const EXPIRED =
  /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|AuthFailure|RequestExpired|InvalidSignature/
/** Node's codes for a certificate that it does not trust. */
const UNTRUSTED =
  /^(SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_(UNTRUSTED|SIGNATURE)|INVALID_CA)/
const OUTDATED = /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/
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
export function fromSdk(operation: string, thrown: unknown, access: AwsCaller): FargateLoginError {
  // Our own errors concern the credentials, the settings or the proxy, and not this operation.
  if (thrown instanceof FargateLoginError) return thrown
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
  if (UNTRUSTED.test(error.code ?? '')) return fail('aws-unreachable', untrustedHint(access))
  if (OUTDATED.test(error.code ?? '')) {
    return fail('aws-unreachable', 'Check the clock of this machine, and the certificate of the endpoint.')
  }
  if (/is not a valid hostname component/.test(message)) {
    return fail(
      'config-invalid',
      'Check --region, AWS_REGION and the profile: each must be a Region such as eu-central-1.',
    )
  }
  if (EXPIRED.test(name)) {
    const hint = access.renewal?.() ?? 'Check the credentials that this call was made with.'
    return fail('aws-refused', hint)
  }
  if (DENIED.test(name)) {
    return fail('aws-refused', `The caller needs ${operation}; docs/iam.md has a policy to paste.`)
  }
  const ended = nothingListens(error, access)
  if (ended) return fail('aws-unreachable', ended.hint, ended.fact)
  const isTemporary =
    status === undefined || status >= 500 || THROTTLED.test(name) || error.$retryable !== undefined
  if (isTemporary)
    return fail('aws-unreachable', 'Check the network, --region and --endpoint-url; then try again.')
  return fail('aws-refused', hintFor(name, message, access))
}

function untrustedHint({ caBundle }: AwsCaller): string {
  return caBundle === undefined
    ? 'A proxy or an endpoint of your company may have its own certificate authority. Set AWS_CA_BUNDLE, or ca_bundle in the profile, to a file with its certificate.'
    : `The CA bundle ${caBundle} replaces the usual certificates, and lacks the one that signed this. Add it there.`
}

function hintFor(name: string, message: string, access: AwsCaller): string {
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

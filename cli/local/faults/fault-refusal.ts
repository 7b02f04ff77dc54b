import { Refusal } from '../protocol/refusal.ts'

/** What AWS says with its commoner errors, so that what a user reads in a test is what they would read on AWS. */
const MESSAGES: Readonly<Record<string, string>> = {
  ThrottlingException: 'Rate exceeded',
  RequestLimitExceeded: 'Request limit exceeded.',
  AccessDeniedException:
    'User: arn:aws:iam::000000000000:user/local is not authorized to perform this action because no identity-based policy allows it',
  UnauthorizedOperation: 'You are not authorized to perform this operation.',
  ExpiredTokenException: 'The security token included in the request is expired',
  ClusterNotFoundException: 'Cluster not found.',
  ServerException: 'Service Unavailable. Please try again later.',
}

/** ECS blames itself with 500 for this one. */
const SERVER_ERRORS = new Set(['ServerException', 'InternalFailure', 'ServiceUnavailable'])

export function errorRefusal(fault: {
  readonly error: string
  readonly message?: string
  readonly status?: number
}): Refusal {
  const { error, message = MESSAGES[error] ?? `${error}, as asked for.` } = fault
  return new Refusal(error, message, { status: fault.status ?? (SERVER_ERRORS.has(error) ? 500 : 400) })
}

export function statusRefusal(status: number): Refusal {
  return new Refusal(
    status === 503 ? 'ServiceUnavailable' : 'InternalFailure',
    'The request processing has failed.',
    {
      status,
    },
  )
}

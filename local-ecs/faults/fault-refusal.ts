import { CALLER_ARN } from '../account/arn.ts'
import { Refusal } from '../protocol/refusal.ts'

interface Usual {
  readonly message: string
  /** Default 400. */
  readonly status?: number
}

/** AWS's own messages for common errors, so that tests show the same text as AWS. */
const USUAL: Readonly<Record<string, Usual>> = {
  ClusterNotFoundException: { message: 'Cluster not found.' },
  ExpiredTokenException: { message: 'The security token included in the request is expired' },
  RequestLimitExceeded: { message: 'Request limit exceeded.', status: 503 },
  ServerException: { message: 'Service Unavailable. Please try again later.', status: 500 },
  ThrottlingException: { message: 'Rate exceeded' },
  UnauthorizedOperation: { message: 'You are not authorized to perform this operation.', status: 403 },
}

export interface ErrorInput {
  readonly error: string
  readonly message?: string
  readonly status?: number
}

export function errorRefusal(operation: string, fault: ErrorInput): Refusal {
  const usual = usualAnswer(operation, fault.error)
  return new Refusal(fault.error, fault.message ?? usual.message, {
    status: fault.status ?? usual.status ?? 400,
  })
}

function usualAnswer(operation: string, error: string): Usual {
  if (error !== 'AccessDeniedException') return USUAL[error] ?? { message: `${error}, as asked for.` }
  const action = `ecs:${operation}`
  return {
    message: `User: ${CALLER_ARN} is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`,
  }
}

export function statusRefusal(status: number): Refusal {
  return new Refusal(
    status === 503 ? 'ServiceUnavailable' : 'InternalFailure',
    'The request processing has failed.',
    { status },
  )
}

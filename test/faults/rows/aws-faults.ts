import type { CallFault } from '../../../local-ecs/faults/call-faults.ts'

/** How any call of AWS can fail, and the words for it. */
export const AWS_FAULTS = {
  AccessDeniedException: { error: 'AccessDeniedException' },
  'expired credentials': { error: 'ExpiredTokenException' },
  'throttled for ever': { error: 'ThrottlingException' },
  'server error 500 for ever': { status: 500 },
  'reset for ever': { connection: 'reset' },
  hang: { connection: 'hang' },
} as const

export type AwsFault = keyof typeof AWS_FAULTS

export function callFault(
  operation: string,
  fault: AwsFault,
  times?: number,
): CallFault & { times?: number } {
  return { operation, ...AWS_FAULTS[fault], ...(times !== undefined && { times }) }
}

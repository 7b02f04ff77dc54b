import type { CallFault } from '../../../local-ecs/faults/call-faults.ts'

/** How any call of AWS can fail, and the words for it. */
export const AWS_FAULTS = {
  AccessDeniedException: { error: 'AccessDeniedException' },
  'expired credentials': { error: 'ExpiredTokenException' },
  'throttled forever': { error: 'ThrottlingException' },
  'server error 500 forever': { status: 500 },
  'reset forever': { connection: 'reset' },
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

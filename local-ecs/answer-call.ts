import type { Account } from './account/account.ts'
import { failureAnswer } from './faults/failure-answer.ts'
import type { CallFault } from './faults/fault.ts'
import { errorRefusal, statusRefusal } from './faults/fault-refusal.ts'
import { findOperation } from './operations/operation-table.ts'
import { checkSigned } from './protocol/authentication.ts'
import type { Call } from './protocol/call.ts'
import type { HttpAnswer } from './protocol/http-answer.ts'
import { Refusal } from './protocol/refusal.ts'
import { renderOutput, renderRefusal } from './protocol/render.ts'
import { unknownOperation } from './protocol/unknown-operation.ts'
import { pause } from './task/pause.ts'

export interface Circumstances {
  readonly fault: CallFault | undefined
  readonly requestId: string
}

/** Carries out one call, or does what a fault wants instead. Never rejects. */
export async function answerCall(
  account: Account,
  call: Call,
  { fault, requestId }: Circumstances,
): Promise<HttpAnswer> {
  try {
    checkSigned(call)
    const operation = findOperation(call.service, call.operation)
    if (!operation) throw unknownOperation(call)
    if (fault && 'error' in fault) throw errorRefusal(fault)
    if (fault && 'status' in fault) throw statusRefusal(fault.status)
    if (fault && 'failure' in fault) return renderOutput(call, failureAnswer(call, fault), requestId)
    if (fault && 'answerAfter' in fault) await pause(fault.answerAfter, account.closing.signal)
    return renderOutput(call, await operation(account, call.input), requestId)
  } catch (error) {
    return renderRefusal(call.service, toRefusal(error, account.log), requestId)
  }
}

/** Anything else is a mistake of ours, and ECS blames itself with a ServerException. */
export function toRefusal(error: unknown, log: (line: string) => void): Refusal {
  if (error instanceof Refusal) return error
  log(`local ECS: ${(error as Error).stack}`)
  return new Refusal('ServerException', (error as Error).message, { status: 500 })
}

import type { Account } from './account/account.ts'
import { type Reply, replyWithFault } from './faults/call-faults.ts'
import { findOperation } from './operations/operation-table.ts'
import { checkSigned } from './protocol/authentication.ts'
import type { Call } from './protocol/call.ts'
import type { HttpAnswer } from './protocol/http-answer.ts'
import { Refusal } from './protocol/refusal.ts'
import { renderOutput, renderRefusal } from './protocol/render.ts'
import { unknownOperation } from './protocol/unknown-operation.ts'

/** Carries out a call, or replies as a fault demands. Never rejects. */
export async function answerCall(account: Account, call: Call, requestId: string): Promise<Reply> {
  const answer = (instead?: () => unknown) => carryOut(account, call, { requestId, instead })
  const fault = account.faults.takeCallFault(call.operation)
  return fault ? replyWithFault(fault, { call, closing: account.closing.signal, answer }) : answer()
}

interface CarryOutInput {
  readonly requestId: string
  /** Runs instead of the operation. */
  readonly instead: (() => unknown) | undefined
}

async function carryOut(
  account: Account,
  call: Call,
  { requestId, instead }: CarryOutInput,
): Promise<HttpAnswer> {
  try {
    checkSigned(call)
    const operation = findOperation(call.service, call.operation)
    if (!operation) throw unknownOperation(call)
    const output = await (instead ? instead() : operation(account, call.input))
    return renderOutput(call, output, requestId)
  } catch (error) {
    return renderRefusal(call.service, toRefusal(error, account.log), requestId)
  }
}

/** Any other error is our bug, which the client gets as a ServerException. */
export function toRefusal(error: unknown, log: (line: string) => void): Refusal {
  if (error instanceof Refusal) return error
  log(`local ECS: ${(error as Error).stack}`)
  return new Refusal('ServerException', (error as Error).message, { status: 500 })
}

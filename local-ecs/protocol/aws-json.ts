import type { Call } from './call.ts'
import type { HttpAnswer } from './http-answer.ts'
import { Refusal } from './refusal.ts'

const TARGET = /^AmazonEC2ContainerServiceV20141113\.(\w+)$/

/** AWS JSON 1.1: a header names the operation, and the body is the input. */
export function parseJsonCall(target: string, body: string): Omit<Call, 'signed'> {
  const operation = TARGET.exec(target)?.[1]
  if (operation === undefined) {
    throw new Refusal('UnknownOperationException', `The local ECS does not know ${target}.`)
  }
  return { service: 'ecs', operation, input: parseBody(body) }
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body || '{}')
  } catch (error) {
    throw new Refusal('SerializationException', (error as Error).message)
  }
}

export function renderJson(output: unknown): HttpAnswer {
  return httpAnswer(200, JSON.stringify(output))
}

export function renderJsonRefusal(refusal: Refusal): HttpAnswer {
  const { code, message, members } = refusal
  const answer = httpAnswer(refusal.status, JSON.stringify({ __type: code, message, ...members }))
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': code } }
}

function httpAnswer(status: number, body: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body }
}

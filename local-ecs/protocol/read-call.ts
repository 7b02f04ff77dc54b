import type { IncomingMessage } from 'node:http'
import { parseJsonCall } from './aws-json.ts'
import type { Call } from './call.ts'
import { parseQueryCall } from './query.ts'
import { Refusal } from './refusal.ts'

/** In bytes. ECS accepts task definitions of 64 KiB, and no other request is much larger. */
const LONGEST_BODY = 1024 * 1024

/** The headers identify the protocol: ECS requests name their operation in `X-Amz-Target`. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const target = request.headers['x-amz-target']
  const body = await readBody(request)
  // Only checks that a signature exists. Verifying it would need a secret that both sides know.
  const signed = request.headers.authorization !== undefined
  if (typeof target === 'string') return { ...parseJsonCall(target, body), signed }
  if (request.method === 'POST') return { ...parseQueryCall(body), signed }
  throw new Refusal(
    'UnknownOperationException',
    'This is the local ECS: it takes ECS, EC2 and STS requests.',
    {
      status: 404,
    },
  )
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > LONGEST_BODY)
      throw new Refusal('RequestEntityTooLarge', 'The request is too long.', { status: 413 })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

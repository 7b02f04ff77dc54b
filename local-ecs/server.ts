import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Account } from './account/account.ts'
import { answerCall, toRefusal } from './answer-call.ts'
import type { HttpAnswer } from './protocol/http-answer.ts'
import { readCall } from './protocol/read-call.ts'
import { renderRefusal } from './protocol/render.ts'

export interface LocalServer {
  readonly port: number
  close(): Promise<void>
}

/** Answers ECS, EC2 and STS on one port of 127.0.0.1. @param port 0 means any free one */
export async function serve(account: Account, port: number): Promise<LocalServer> {
  const server = createServer((request, response) => void respond(account, request, response))
  // Must exceed the clients' pauses between calls: a client whose connection has just been closed reports a reset.
  server.keepAliveTimeout = 120_000
  server.listen({ host: '127.0.0.1', port })
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function respond(account: Account, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomUUID()
  const call = await readCall(request).catch((error: unknown) => {
    // A client that has disconnected does not wait for an answer.
    if (!request.destroyed || request.complete) {
      send(response, renderRefusal('ecs', toRefusal(error, account.log), requestId), requestId)
    }
  })
  if (!call) return
  const reply = await answerCall(account, call, requestId)
  if (reply === 'reset') request.socket.resetAndDestroy()
  else if (reply !== 'silence') send(response, reply, requestId)
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer, requestId: string): void {
  response.writeHead(status, { ...headers, 'x-amzn-requestid': requestId })
  response.end(body)
}

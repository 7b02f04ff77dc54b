import {
  createServer as createHttp,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { TestCertificates } from './certificate.ts'
import { listen } from './listen.ts'

/** Stands before the embedded ECS, and notes who calls which host with which key. */
export interface Front extends AsyncDisposable {
  readonly port: number
  readonly url: string
  readonly calls: readonly FrontCall[]
}

export interface FrontCall {
  /** The Host header. */
  readonly host: string
  /** The access key ID; empty if the call is unsigned. */
  readonly key: string
  /** As the signature names them. */
  readonly region: string
  readonly service: string
}

/** @param certificates for TLS; without them it speaks HTTP */
export async function startFront(endpointUrl: string, certificates?: TestCertificates): Promise<Front> {
  const calls: FrontCall[] = []
  const handle = (call: IncomingMessage, answer: ServerResponse) => {
    const [, key = '', region = '', service = ''] =
      /Credential=([^/]*)\/\d+\/([^/]*)\/([^/]*)/.exec(call.headers.authorization ?? '') ?? []
    calls.push({ host: call.headers.host ?? '', key, region, service })
    const { method, headers } = call
    const onward = forward(endpointUrl + (call.url ?? ''), { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 500, reply.headers)
      reply.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    call.pipe(onward)
  }
  const server = certificates ? createHttps(certificates, handle) : createHttp(handle)
  const listening = await listen(server)
  return { ...listening, url: `${certificates ? 'https' : 'http'}://127.0.0.1:${listening.port}`, calls }
}

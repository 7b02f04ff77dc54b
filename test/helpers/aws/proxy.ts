import { once } from 'node:events'
import { createServer, request as forward } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** A real HTTP proxy. It knows no DNS: every host is the one at `port` of 127.0.0.1. */
export interface TestProxy extends AsyncDisposable {
  readonly port: number
  /** `CONNECT HOST:PORT`, or the method and the whole URL. */
  readonly log: readonly string[]
}

export interface ProxyOptions {
  /** Of the only server behind the proxy. */
  readonly port: number
  /** `USER:PASSWORD`; without it, 407. */
  readonly login?: string
  /** What it answers to CONNECT instead of connecting. */
  readonly refusal?: string
}

export async function startProxy({ port: target, login, refusal }: ProxyOptions): Promise<TestProxy> {
  const log: string[] = []
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const wanted = login && `Basic ${Buffer.from(login).toString('base64')}`
  const server = createServer((call, answer) => {
    log.push(`${call.method} ${call.url}`)
    const { pathname } = new URL(call.url ?? '')
    const { method, headers } = call
    const onward = forward({ port: target, host: '127.0.0.1', path: pathname, method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 500, reply.headers)
      reply.pipe(answer)
    })
    call.pipe(onward)
  })
  server.on('connection', keep)
  server.on('connect', (call, client: Socket, head) => {
    log.push(`CONNECT ${call.url}`)
    if (wanted && call.headers['proxy-authorization'] !== wanted) {
      const challenge = 'Proxy-Authenticate: Basic realm="test"'
      client.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${challenge}\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    if (refusal) {
      client.end(`HTTP/1.1 ${refusal}\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const onward = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.write(head)
      client.pipe(onward).pipe(client)
    })
    keep(onward)
    client.on('close', () => onward.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    log,
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

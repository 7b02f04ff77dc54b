import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { openPortProxy, type PortProxy } from '../../local-ecs/runners/port-proxy.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function proxy(): Promise<PortProxy> {
  const opened = await openPortProxy('127.0.0.1', 0)
  open.push(opened)
  return opened
}

async function portOf(server: Server): Promise<number> {
  server.listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  open.push(server)
  return (server.address() as AddressInfo).port
}

/** A reset is an end as well. */
function closed(socket: Socket): Promise<Socket> {
  socket.on('error', () => {})
  return new Promise((resolve) => socket.once('close', () => resolve(socket)))
}

it('passes bytes and the end of either side on', async () => {
  // Answers only when the client has ended its side.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const received: Buffer[] = []
    socket.on('data', (data) => received.push(data))
    socket.on('end', () => socket.end(Buffer.concat([...received, ...received])))
  })
  const { port, pointTo } = await proxy()
  pointTo({ host: '127.0.0.1', port: await portOf(server) })
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
  const sent = Buffer.alloc(300_000, 'x')
  socket.end(sent)
  expect((await buffer(socket)).length).toBe(2 * sent.length)
})

it('ends connections before it leads somewhere, and when nobody listens there', async () => {
  const { port, pointTo } = await proxy()
  const first = await closed(connect({ host: '127.0.0.1', port }))
  pointTo({ host: '127.0.0.1', port: 1 })
  const second = await closed(connect({ host: '127.0.0.1', port }))
  expect([first.bytesRead, second.bytesRead]).toEqual([0, 0])
})

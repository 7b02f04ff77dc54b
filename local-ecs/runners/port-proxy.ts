import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from './runner.ts'

/** Passes TCP connections on: how a port of this machine reaches a container's. */
export interface PortProxy {
  readonly port: number
  /** Where connections go from now on; before that they are closed at once. */
  pointTo(target: Endpoint): void
  close(): Promise<void>
}

/** @param port 0 for any free one */
export async function openPortProxy(host: string, port: number): Promise<PortProxy> {
  const sockets = new Set<Socket>()
  let target: Endpoint | undefined
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (incoming) => {
    if (target) join(incoming, connect({ ...target, allowHalfOpen: true, noDelay: true }), sockets)
    else incoming.destroy()
  })
  await listen(server, host, port)
  return {
    port: (server.address() as AddressInfo).port,
    pointTo(endpoint) {
      target = endpoint
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function join(incoming: Socket, outgoing: Socket, sockets: Set<Socket>): void {
  for (const [socket, peer] of [
    [incoming, outgoing],
    [outgoing, incoming],
  ] as const) {
    sockets.add(socket)
    // A reset, or a refusal by the container, ends the other side the same way.
    socket.on('error', () => peer.resetAndDestroy())
    socket.on('close', () => {
      sockets.delete(socket)
      peer.end()
    })
    socket.pipe(peer)
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, resolve)
  })
}

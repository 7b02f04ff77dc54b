import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from './runner.ts'

/** Forwards TCP connections from a port of this machine to a container's port. */
export interface PortProxy {
  readonly port: number
  /** Sets the target of new connections. Before that, they are closed at once. */
  pointTo(target: Endpoint): void
  close(): Promise<void>
}

/** @param port 0 means any free one */
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
    // A reset, or a refusal by the container, resets the other side as well.
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

import { once } from 'node:events'
import { createServer, type ListenOptions, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { FargateLoginError } from '../core/error.ts'
import { type Endpoint, endpointText } from '../core/link/endpoint.ts'
import type { Listener } from '../session/ports/ssh.ts'

/** Only our own user may connect to a socket in the file system. */
const PRIVATE_UMASK = 0o177

/** Listens on this machine. As with ssh, `localhost` means its IPv4 and its IPv6 address. */
export async function listen(at: Endpoint, accept: (bytes: Duplex) => void): Promise<Listener> {
  if ('path' in at) return listener(at, [await listenOnSocket(at.path, accept)])
  if (at.host !== 'localhost') {
    const server = await listenOnPort(at, accept)
    return listener({ host: at.host, port: portOf(server) }, [server])
  }
  const first = await listenOnPort({ host: '127.0.0.1', port: at.port }, accept)
  const port = portOf(first)
  // A machine without IPv6, or another program on the same port of ::1, is no obstacle.
  const second = await listenOnPort({ host: '::1', port }, accept).catch(() => undefined)
  return listener({ host: '127.0.0.1', port }, second ? [first, second] : [first])
}

function listenOnPort({ host, port }: { host: string; port: number }, accept: (bytes: Duplex) => void) {
  return start({ port, ...(host && { host }) }, { host, port }, accept)
}

/** Longer names are cut without a word by the library below Node, so that clients would not find the socket. */
const MAX_PATH_BYTES = process.platform === 'linux' ? 107 : 103

async function listenOnSocket(path: string, accept: (bytes: Duplex) => void) {
  if (Buffer.byteLength(path) > MAX_PATH_BYTES)
    throw cannotListen({ path }, { code: 'ENAMETOOLONG', name: 'Error', message: '' })
  const umask = process.umask(PRIVATE_UMASK)
  try {
    // Node binds the socket before it returns.
    return start({ path }, { path }, accept)
  } finally {
    process.umask(umask)
  }
}

function start(options: ListenOptions, at: Endpoint, accept: (bytes: Duplex) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) => accept(socket))
  server.listen(options)
  return once(server, 'listening').then(
    () => server,
    (error: NodeJS.ErrnoException) => {
      throw cannotListen(at, error)
    },
  )
}

function cannotListen(at: Endpoint, cause: NodeJS.ErrnoException): FargateLoginError {
  const onPath = 'path' in at
  const reason = (onPath ? PATH_REASONS : REASONS)[cause.code ?? ''] ?? cause.code ?? cause.message
  return new FargateLoginError('forward-refused', `Cannot listen on ${endpointText(at)}: ${reason}.`, {
    hint: onPath
      ? 'Choose another path. Remove the file if it is a socket that a killed program left.'
      : "Choose another port. Port 0 takes a free one, for example '-L 0:HOST:PORT'.",
    cause,
  })
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use',
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'this machine has no such address',
}

const PATH_REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'a file of this name exists',
  EACCES: 'permission denied, or there is no such folder',
  ENAMETOOLONG: `the name of a socket has at most ${MAX_PATH_BYTES} bytes`,
}

function listener(at: Endpoint, servers: readonly Server[]): Listener {
  return {
    at,
    // Its connections may go on, as with ssh.
    [Symbol.asyncDispose]: async () => {
      for (const server of servers) server.close()
    },
  }
}

function portOf(server: Server): number {
  return (server.address() as { port: number }).port
}

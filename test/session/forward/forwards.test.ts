import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, connect, createServer, type ListenOptions, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseForward } from '../../../cli/core/forward/parse-forward.ts'
import type { Endpoint } from '../../../cli/core/link/endpoint.ts'
import { Forwards } from '../../../cli/session/forward/forwards.ts'
import { Link } from '../../../cli/session/link/link.ts'
import { sockets } from '../../../cli/sockets/sockets.ts'
import { makeSsh } from '../../../cli/ssh/ssh.ts'
import { transport } from '../../../cli/transports/transport.ts'
import { fakePorts } from '../../helpers/fake-ports.ts'
import { testFolder } from '../../helpers/folder.ts'
import { type Sshd, startSshd } from '../../helpers/sshd.ts'

const run = promisify(execFile)
const NEVER = new AbortController().signal
const ssh = makeSsh('ed25519')
let sshd: Sshd

beforeAll(async () => {
  sshd = await startSshd(await ssh.makeKeys(), ['MaxStartups 300'])
})
afterAll(() => sshd[Symbol.asyncDispose]())

/** Forwards over a real connection. */
async function forwardAll(...wanted: readonly (readonly ['local' | 'remote' | 'dynamic', string])[]) {
  const { ports: fake, log } = fakePorts()
  const sleepIn = (milliseconds: number, signal: AbortSignal) => sleep(milliseconds, undefined, { signal })
  const ports = { ...fake, sockets, ssh, transport, clock: { ...fake.clock, sleep: sleepIn } }
  const parsed = wanted.map(([kind, given]) => {
    const forward = parseForward(kind, given)
    if (!forward) throw new Error(`${given} is not a forward.`)
    return forward
  })
  const forwards = await Forwards.listen(parsed, ports)
  const { login, route } = sshd
  const reach = { container: 'app', route, userKey: login.userKey, hostKey: login.hostKey, user: login.user }
  const link = await Link.open(
    { session: 'abcdefghijkl', reach: withoutUndefined(reach), privateKey: login.privateKey },
    ports,
    NEVER,
  )
  await forwards.use(link, NEVER)
  return {
    link,
    log,
    /** Where the forward of this number listens. */
    at: (number: number) => {
      const endpoint = forwards.open[number]?.listen
      if (!endpoint) throw new Error(`There is no forward ${number}.`)
      return endpoint
    },
    async [Symbol.asyncDispose]() {
      await forwards[Symbol.asyncDispose]()
      await link[Symbol.asyncDispose]()
    },
  }
}

function withoutUndefined<T extends { readonly user: string | undefined }>({ user, ...rest }: T) {
  return { ...rest, ...(user !== undefined && { user }) }
}

/** A server behind the forward. */
async function serve(
  handle: (socket: Socket) => void,
  options: ListenOptions = { host: '127.0.0.1', port: 0 },
) {
  const server = createServer({ allowHalfOpen: true }, (socket) => handle(socket.on('error', () => {})))
  server.listen(options)
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, [Symbol.dispose]: () => void server.close() }
}

function dial(to: Endpoint): Socket {
  return connect({ ...to, allowHalfOpen: true })
}

/** Everything that the other side sends. Node's own consumers would close our side as well. */
async function bytes(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(socket, 'end')
  return Buffer.concat(chunks)
}

async function text(socket: Socket): Promise<string> {
  return String(await bytes(socket))
}

const echo = (socket: Socket) => socket.pipe(socket)

describe('-L', () => {
  it('gives the answer to a client that has closed its sending side', async () => {
    using server = await serve(
      (socket) => void bytes(socket).then((all) => socket.end(`${all.length} bytes`)),
    )
    await using forwards = await forwardAll(['local', `0:127.0.0.1:${server.port}`])
    const client = dial(forwards.at(0))
    client.end(Buffer.alloc(3_000_000))
    expect(await text(client)).toBe('3000000 bytes')
  })

  it('carries on to a client whose server has closed its sending side', async () => {
    let got = Promise.resolve('')
    using server = await serve((socket) => {
      socket.end('bye')
      got = text(socket)
    })
    await using forwards = await forwardAll(['local', `0:127.0.0.1:${server.port}`])
    const client = dial(forwards.at(0))
    expect(await text(client)).toBe('bye')
    client.end('still here')
    await once(client, 'close')
    expect(await got).toBe('still here')
  })

  it('serves 200 clients at once', async () => {
    using server = await serve(echo)
    await using forwards = await forwardAll(['local', `0:127.0.0.1:${server.port}`])
    const answers = Array.from({ length: 200 }, async (_, number) => {
      const client = dial(forwards.at(0))
      client.end(`${number}`.repeat(1000))
      return (await text(client)) === `${number}`.repeat(1000)
    })
    expect((await Promise.all(answers)).filter(Boolean)).toHaveLength(200)
  })

  it('waits for a slow reader, and loses nothing', async () => {
    const size = 16_000_000
    using server = await serve((socket) => {
      let sent = 0
      const more = () => {
        while (sent < size) {
          sent += 64_000
          if (!socket.write(Buffer.alloc(64_000, 7))) return void socket.once('drain', more)
        }
        socket.end()
      }
      more()
    })
    await using forwards = await forwardAll(['local', `0:127.0.0.1:${server.port}`])
    const client = dial(forwards.at(0))
    client.pause()
    await once(client, 'readable')
    // Another client gets through although this one reads nothing.
    const other = dial(forwards.at(0))
    await once(other, 'data')
    other.destroy()
    const all = await bytes(client)
    expect(all.length).toBe(size)
    expect(all.every((byte) => byte === 7)).toBe(true)
  })

  it('goes to a socket, and listens on one that only we may open', async () => {
    const path = join(sshd.directory, 'server.sock')
    using _server = await serve(echo, { path })
    const local = join(sshd.directory, 'local.sock')
    await using forwards = await forwardAll(['local', `${local}:${path}`])
    const client = dial(forwards.at(0))
    client.end('through sockets')
    expect(await text(client)).toBe('through sockets')
    const { stdout } = await run('stat', ['-c', '%a', local])
    expect(stdout).toBe('600\n')
  })

  it('closes the client of a destination that refuses, and says why', async () => {
    const { port } = await serve(echo).then((server) => {
      server[Symbol.dispose]()
      return server
    })
    await using forwards = await forwardAll(['local', `0:127.0.0.1:${port}`])
    expect(await text(dial(forwards.at(0)))).toBe('')
    expect(forwards.log.at(-1)).toMatch(
      new RegExp(
        `^warning: Forward .*: The task did not connect to 127.0.0.1:${port}: Connection refused\\. `,
      ),
    )
  })

  it('that cannot listen says so', async () => {
    using server = await serve(echo)
    await expect(forwardAll(['local', `${server.port}:127.0.0.1:1`])).rejects.toMatchObject({
      code: 'forward-refused',
      message: `Cannot listen on 127.0.0.1:${server.port}: it is in use.`,
    })
  })

  it.each([
    ['file', 'a file of this name exists'],
    ['missing/socket', 'permission denied, or there is no such folder'],
    ['s'.repeat(200), 'the name of a socket has at most 10[37] bytes'],
  ])('that cannot make a socket says so: %s', async (name, reason) => {
    await using dir = await testFolder()
    await writeFile(dir.file('file'), 'stays')
    await expect(forwardAll(['local', `${dir.file(name)}:127.0.0.1:1`])).rejects.toMatchObject({
      code: 'forward-refused',
      message: expect.stringMatching(reason),
    })
    expect(readdirSync(dir.path)).toEqual(['file'])
  })
})

describe('-D', () => {
  const HTTP_FLAGS = [
    ['--socks4', '127.0.0.1'],
    ['--socks4a', 'localhost'],
    ['--socks5', '127.0.0.1'],
    ['--socks5-hostname', 'localhost'],
    ['--socks5', '[::1]'],
  ] as const

  it.each(HTTP_FLAGS)('takes curl %s to %s', async (flag, host) => {
    const server = createHttpServer((_, response) => response.end('hello')).listen(
      0,
      host.replace(/[[\]]/g, ''),
    )
    await once(server, 'listening')
    await using forwards = await forwardAll(['dynamic', '0'])
    const url = `http://${host}:${(server.address() as AddressInfo).port}/`
    const { stdout } = await run('curl', ['-sS', flag, address(forwards.at(0)), url])
    server.close()
    expect(stdout).toBe('hello')
  })

  it.each(['--socks5-hostname', '--socks4a'])('tells curl %s about a refusal', async (flag) => {
    await using forwards = await forwardAll(['dynamic', '0'])
    await expect(
      run('curl', ['-sS', flag, address(forwards.at(0)), 'http://localhost:1/']),
    ).rejects.toMatchObject({
      code: 97,
    })
  })

  it('closes a client that speaks something else, or nothing sensible', async () => {
    await using forwards = await forwardAll(['dynamic', '0'])
    for (const words of ['GET / HTTP/1.1\r\n\r\n', '\x05\x01\x02', '\x05\x01\x00\x05\x02\x00\x01', '\x04']) {
      const client = dial(forwards.at(0)).on('error', () => {})
      client.end(Buffer.from(words, 'latin1'))
      await once(client.resume(), 'close')
    }
    expect(forwards.log.filter((line) => line.startsWith('warning: '))).toHaveLength(3)
  })
})

describe('-R', () => {
  it('brings clients in the task to a server here, and comes back after a lost connection', async () => {
    using server = await serve(echo)
    await using forwards = await forwardAll(['remote', `0:127.0.0.1:${server.port}`])
    const ask = async () => {
      const client = dial(forwards.at(0))
      client.end('from the task')
      return await text(client)
    }
    expect(await ask()).toBe('from the task')
    await breakConnection(forwards.link)
    await forwards.link.reopen(30, NEVER)
    await expect.poll(() => ask().catch(() => ''), { timeout: 20_000 }).toBe('from the task')
  })

  it('without a destination is a SOCKS proxy for the task', async () => {
    const server = createHttpServer((_, response) => response.end('here')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    await using forwards = await forwardAll(['remote', '0'])
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const { stdout } = await run('curl', ['-sS', '--socks5', address(forwards.at(0)), url])
    server.close()
    expect(stdout).toBe('here')
  })
})

describe('a lost connection', () => {
  it('makes new clients wait until it is reopened', async () => {
    using server = await serve(echo)
    await using forwards = await forwardAll(['local', `0:127.0.0.1:${server.port}`])
    await breakConnection(forwards.link)
    const client = dial(forwards.at(0))
    client.end('patience')
    await once(client, 'connect')
    await forwards.link.reopen(30, NEVER)
    expect(await text(client)).toBe('patience')
  })
})

/** Kills the server's process of this connection. */
async function breakConnection({ connection }: Link): Promise<void> {
  const channel = await connection.open({ kind: 'exec', command: 'echo $PPID; sleep 60' }, NEVER)
  channel.ended.catch(() => {})
  const [pid] = await once(channel.stdout, 'data')
  process.kill(Number(String(pid)), 'SIGKILL')
  if (!connection.lost.aborted) await once(connection.lost, 'abort')
}

function address(at: Endpoint): string {
  if ('path' in at) throw new Error('This listens on a port.')
  return `${at.host}:${at.port}`
}

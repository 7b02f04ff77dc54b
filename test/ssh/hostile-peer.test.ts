import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createServer, type Socket } from 'node:net'
import fc from 'fast-check'
import picocolors from 'picocolors'
import ssh2 from 'ssh2'
import { describe, expect, it } from 'vitest'
import { FargateLoginError } from '../../cli/core/error.ts'
import type { TcpRoute } from '../../cli/core/link/reach.ts'
import { readDatabaseUrl } from '../../cli/session/forward/read-database-url.ts'
import type { SshLogin } from '../../cli/session/ports/ssh.ts'
import { makeSsh } from '../../cli/ssh/ssh.ts'
import { errorText } from '../../cli/terminal/error-text.ts'
import { printableLine } from '../../cli/terminal/printable.ts'
import { dialTcp } from '../../cli/transports/tcp.ts'
import { expectHarmless, foreign } from '../helpers/foreign.ts'
import { connectTo } from '../helpers/sshd.ts'

const NEVER = new AbortController().signal
const PAINT = '\x1b[2J\x1b]52;c;aGk=\x07\u202e\x9b31m\nfargate-login: all is well\r\n'
const keys = await makeSsh('ed25519').makeKeys()

function peerAt(port: number): { readonly route: TcpRoute; readonly login: SshLogin } {
  const { privateKey } = keys.user
  return {
    route: { kind: 'tcp', host: '127.0.0.1', port, found: 'private' },
    login: { host: '127.0.0.1', privateKey, userKey: '', hostKey: { policy: 'accept' } },
  }
}

/** The text of our error, in one harmless block; anything else fails the test. */
function shown(error: unknown): string {
  if (!(error instanceof FargateLoginError)) throw error
  expect(error.code).not.toBe('internal')
  const text = errorText(error, { colours: picocolors.createColors(false), verbose: false })
  expectHarmless(text)
  for (const line of text.trimEnd().split('\n').slice(1)) expect(line).toMatch(/^ {2}/)
  return text
}

describe('a peer that is no sshd', () => {
  const greeting = fc.oneof(
    fc.constantFrom('', 'SSH-2.0-', 'SSH-2.0-OpenSSH_10.0\r\n', 'SSH-1.5-old\r\n', 'HTTP/1.1 400\r\n\r\n'),
    foreign.map((text) => `SSH-2.0-${text}\r\n`),
    foreign.map((text) => `${text}\r\nSSH-2.0-x fargate-login user=${text}\r\n`),
  )
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    // The length of a packet, and a packet that is not of it.
    fc
      .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.uint8Array({ maxLength: 100 }))
      .map(([length, rest]) => {
        const head = Buffer.alloc(4)
        head.writeUInt32BE(length)
        return Buffer.concat([head, rest])
      }),
    fc.constant(Buffer.alloc(100_000, 'x')),
  )

  it('is told from one, whatever it sends, and cannot paint the screen', async () => {
    let sent = Buffer.alloc(0)
    const server = createServer((socket: Socket) => {
      socket.on('error', () => {}).end(sent)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    try {
      await fc.assert(
        fc.asyncProperty(greeting, bytes, async (text, rest) => {
          sent = Buffer.concat([Buffer.from(text, 'latin1'), rest])
          const error: unknown = await connectTo(peerAt(port)).catch((reason: unknown) => reason)
          expect(shown(error).length).toBeLessThan(5000)
          expect(['connection-refused', 'not-ssh', 'connection-lost']).toContain(
            (error as FargateLoginError).code,
          )
        }),
        { numRuns: 60 },
      )
    } finally {
      server.close()
    }
  })
})

interface ServerClient extends ssh2.Connection {
  readonly _protocol: {
    openssh_authAgent(channel: number, window: number, packetSize: number): void
    channelOpenFail(channel: number, reason: number, description: string): void
    readonly _packetRW: {
      readonly write: {
        readonly allocStart: number
        alloc(length: number): Buffer
        finalize(packet: Buffer): Buffer
      }
    }
  }
}

/** A real SSH server that is up to no good. */
async function startServer(onReady: (client: ServerClient) => void, ident?: string) {
  const clients = new Set<ssh2.Connection>()
  const server = new ssh2.Server({ hostKeys: [keys.host.privateKey], ...(ident && { ident }) }, (client) => {
    clients.add(client)
    client
      .on('error', () => {})
      .on('authentication', (context) => context.accept())
      .on('ready', () => onReady(client as ServerClient))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as { port: number }).port,
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) client.end()
      server.close()
    },
  }
}

/** SSH_MSG_DISCONNECT with words of the peer's own. */
function disconnect({ _protocol: protocol }: ServerClient, words: string): void {
  const { sendPacket } = createRequire(import.meta.url)('ssh2/lib/protocol/utils.js')
  const text = Buffer.from(words)
  const writer = protocol._packetRW.write
  const packet = writer.alloc(1 + 4 + 4 + text.length + 4)
  let at = writer.allocStart
  packet[at] = 1
  at = packet.writeUInt32BE(11, at + 1)
  at = packet.writeUInt32BE(text.length, at)
  at += text.copy(packet, at)
  packet.writeUInt32BE(0, at)
  sendPacket(protocol, writer.finalize(packet))
}

/** As sshd does for a program that uses the user's agent. */
function openAgent(client: ServerClient, onAnswer: (error?: Error) => void): void {
  const { _protocol: protocol } = client
  const { _chanMgr: channels } = client as unknown as { _chanMgr: { add(answer: unknown): number } }
  const number = channels.add(onAnswer)
  protocol.openssh_authAgent(number, 2 ** 20, 32_768)
}

describe('a server that is up to no good', () => {
  it('has its words of farewell shown, not obeyed', async () => {
    await using server = await startServer((client) => {
      client.on('session', () => disconnect(client, `gone${PAINT}`))
    })
    await using connection = await connectTo(peerAt(server.port))
    const error = await connection
      .open({ kind: 'exec', command: 'x' }, NEVER)
      .then(({ ended }) => ended)
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'connection-lost' })
    expect(shown(error)).not.toMatch(/^fargate-login: all/m)
  })

  it('has its refusal of a session shown, not obeyed', async () => {
    await using server = await startServer((client) => {
      client.on('session', (_, reject) => {
        client._protocol.channelOpenFail = ((fail) => (channel: number) => {
          fail.call(client._protocol, channel, 1, `no${PAINT}`)
        })(client._protocol.channelOpenFail)
        reject()
      })
    })
    await using connection = await connectTo(peerAt(server.port))
    const error = await connection
      .open({ kind: 'exec', command: 'x' }, NEVER)
      .then(({ ended }) => ended)
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'session-refused' })
    expect(shown(error)).toContain('\\x1b[2J')
  })

  it('names a user whose name is shown, not obeyed', async () => {
    const ident = 'x fargate-login user=\x1b[2J hold'
    await using server = await startServer(() => {}, ident)
    await using connection = await connectTo(peerAt(server.port))
    expectHarmless(printableLine(connection.user))
  })

  it('opens no channel that was not asked for', async () => {
    const opened: string[] = []
    const refused: string[] = []
    let finish: () => void = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    await using server = await startServer((client) => {
      client.on('session', (_, reject) => {
        const note = (name: string) => (error?: Error) => {
          ;(error ? refused : opened).push(name)
          if (opened.length + refused.length === 6) finish()
        }
        client.forwardOut('127.0.0.1', 22, '127.0.0.1', 1, note('tcp'))
        client.forwardOut('', 0, '', 0, note('tcp without a name'))
        client.openssh_forwardOutStreamLocal('/run/x', note('socket'))
        // A property that every object has.
        client.openssh_forwardOutStreamLocal('constructor', note('odd socket'))
        client.x11('127.0.0.1', 1, note('x11'))
        openAgent(client, note('agent'))
        reject()
      })
    })
    const { route, login } = peerAt(server.port)
    const ssh = makeSsh('ed25519', '/run/agent')
    const bytes = await dialTcp(route, 5_000, NEVER)
    await using connection = await ssh.connect(bytes, login, NEVER)
    await connection.open({ kind: 'exec', command: 'x' }, NEVER).catch(() => {})
    await finished
    expect(opened).toEqual([])
    expect(refused).toHaveLength(6)
  })

  it('cannot keep forward --db waiting by words without end', async () => {
    await using server = await startServer((client) => {
      client.on('session', (accept) => {
        accept().on('exec', (acceptExec: () => ssh2.ServerChannel) => {
          const channel = acceptExec()
          channel.on('error', () => {})
          const flood = () => {
            while (channel.writable && channel.write(Buffer.alloc(32_768, 'x'))) {}
          }
          channel.on('drain', flood)
          flood()
        })
      })
    })
    await using connection = await connectTo(peerAt(server.port))
    const reading = readDatabaseUrl('DATABASE_URL', { connection, environment: {}, signal: NEVER })
    expect(shown(await reading.catch((reason: unknown) => reason))).toContain(
      'The task says more than a URL for variable DATABASE_URL.',
    )
  })
})

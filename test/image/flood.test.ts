import { once } from 'node:events'
import { connect } from 'node:net'
import ssh2 from 'ssh2'
import { afterAll, describe, expect, test } from 'vitest'
import { engineForTests, startContainer, type TestContainer } from '../helpers/container.ts'
import { freePort } from '../helpers/free-port.ts'
import { loopbackAddresses, type Opening, silence, startFlood, trickle } from './helpers/flood.ts'
import { makeKeys } from './helpers/keys.ts'
import { givenKeys, type Server, startServer } from './helpers/server.ts'
import { type SshServer, ssh } from './helpers/ssh.ts'

const client = await engineForTests()

describe.runIf(client)('connections that never log in', () => {
  const keys = makeKeys()
  afterAll(() => keys[Symbol.dispose]())

  function start(environment: Readonly<Record<string, string>> = {}): Promise<Server> {
    if (!client) throw new Error('no engine')
    // As a small task has it; fargate-login tries for minutes.
    return startServer(client, keys, { environment, args: ['--memory', '512m'] })
  }

  /** On this machine's own network, so that the openers can have many addresses. */
  async function startOnLoopback(): Promise<TestContainer & SshServer> {
    if (!client) throw new Error('no engine')
    const server = { host: '127.0.0.1', port: await freePort() }
    const container = await startContainer(client, {
      args: ['--network', 'host', '--memory', '512m'],
      environment: {
        ...givenKeys(keys),
        FARGATE_LOGIN_LISTEN: server.host,
        FARGATE_LOGIN_PORT: String(server.port),
      },
    })
    await container.log.until(/^fargate-login: listening/)
    return { ...container, ...server }
  }

  /** Tries again and again, as the command line does. @returns after how many milliseconds it was in */
  async function login(server: SshServer, mostMs: number): Promise<number> {
    const since = Date.now()
    for (;;) {
      const { status } = await ssh(server, keys, 'true', { options: ['-o', 'ConnectTimeout=5'] })
      if (status === 0) return Date.now() - since
      if (Date.now() - since > mostMs) throw new Error(`It did not get in within ${mostMs} ms.`)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }

  describe.runIf(client?.quirks.reachable)('a thousand at a time', () => {
    test.each<[string, Opening]>([
      ['say nothing', silence],
      ['send a byte now and then', trickle],
    ])('hold up no login from another address when they come from twenty and %s', async (_, opening) => {
      await using server = await startOnLoopback()
      {
        const addresses = loopbackAddresses(20)
        using flood = startFlood(server, { connections: 1000, addresses, opening })
        await expect.poll(() => flood.reopened, { timeout: 20_000 }).toBeGreaterThan(1000)
        expect(await login(server, 10_000)).toBeLessThan(5_000)
        expect(await login(server, 10_000)).toBeLessThan(5_000)
        expect(server.log.lines.filter((line) => line.startsWith('fargate-login: connect '))).toHaveLength(2)
        await server.log.until(/disconnect /)
      }
      await server.signal('TERM')
      expect(await server.log.ended).toBe(143)
      const refused = server.log.lines.filter((line) => line.startsWith('fargate-login: refused from='))
      expect(refused.length).toBeGreaterThan(0)
      expect(refused.length).toBeLessThanOrEqual(60)
    })

    test('let a login in once those of the first rounds have been refused, when each has an address of its own', async () => {
      await using server = await startOnLoopback()
      using flood = startFlood(server, { connections: 1000, addresses: loopbackAddresses(1000) })
      await expect.poll(() => flood.reopened, { timeout: 20_000 }).toBeGreaterThan(1000)
      expect(await login(server, 150_000)).toBeLessThan(150_000)
    }, 200_000)
  })

  test('share five places when they come from one address, and give them back after twenty seconds', async () => {
    await using server = await start()
    const sockets = Array.from({ length: 6 }, () => connect(server.port, server.host).on('error', () => {}))
    try {
      const first = await Promise.all(sockets.map(async (socket) => String((await once(socket, 'data'))[0])))
      expect(first.filter((line) => line.startsWith('SSH-2.0-'))).toHaveLength(5)
      expect(await server.log.until(/refused from=/)).toContain('too many connections that do not log in')
      expect(await server.log.until(/did not log in in time/)).toContain('refused from=')
      // Its address has to wait then.
      const { stderr } = await server.ssh('true')
      expect(stderr).not.toBe('')
      expect(await server.log.until(/another connection of its address/)).toContain('refused from=')
    } finally {
      for (const socket of sockets) socket.destroy()
    }
  })

  test('do not keep a task within the time for the first login, however slow and often', async () => {
    await using server = await start({ FARGATE_LOGIN_CONNECT_GRACE: '4' })
    using _flood = startFlood(server, { connections: 20, opening: trickle })
    expect(await server.log.ended).toBe(0)
    expect(server.log.lines.at(-1)).toContain('end reason="nobody logged in within 4 s" status=0')
  })

  test('do not keep a task within the time after the last logout, however slow and often', async () => {
    await using server = await start({ FARGATE_LOGIN_LINGER: '3' })
    // Fewer than its address has places, so that a login from there gets in.
    using _flood = startFlood(server, { connections: 4, opening: trickle })
    expect((await server.ssh('true')).status).toBe(0)
    const since = Date.now()
    expect(await server.log.ended).toBe(0)
    expect(Date.now() - since).toBeLessThan(8_000)
    expect(server.log.lines.at(-1)).toContain('end reason="nobody has been connected for 3 s" status=0')
  })

  test('are dropped and named when they send a megabyte before their banner, or a key of 16 KB', async () => {
    await using server = await start()
    const socket = connect(server.port, server.host)
    socket.on('error', () => {})
    await once(socket, 'connect')
    socket.resume().write(Buffer.alloc(1_000_000, 'x'))
    if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
    expect(await server.log.until(/refused from=/)).toContain('does not speak SSH')

    const text = (value: string | Buffer) => {
      const bytes = Buffer.from(value)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return Buffer.concat([length, bytes])
    }
    const modulus = Buffer.alloc(16_384, 0x55)
    const blob = Buffer.concat([text('ssh-rsa'), text(Buffer.from([1, 0, 1])), text(modulus)])
    const key = ssh2.utils.parseKey(`ssh-rsa ${blob.toString('base64')} large`)
    if (key instanceof Error) throw key
    class Agent extends ssh2.BaseAgent {
      override getIdentities(callback: ssh2.IdentityCallback<ssh2.ParsedKey>) {
        callback(null, [key as ssh2.ParsedKey])
      }
      override sign() {
        throw new Error('Nobody was to ask for this.')
      }
    }
    const stranger = new ssh2.Client()
    stranger.connect({ host: server.host, port: server.port, username: 'root', agent: new Agent() })
    await once(stranger, 'error')
    expect(await server.log.until(/refused user=root/)).toContain('no key that may log in here')
    expect((await server.ssh('true')).status).toBe(0)
  })
})

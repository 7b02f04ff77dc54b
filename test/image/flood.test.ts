import { once } from 'node:events'
import { connect } from 'node:net'
import ssh2 from 'ssh2'
import { afterAll, describe, expect, test } from 'vitest'
import { engineForTests } from '../helpers/container.ts'
import { type Opening, silence, startFlood, trickle } from './helpers/flood.ts'
import { makeKeys } from './helpers/keys.ts'
import { type Server, startServer } from './helpers/server.ts'

const client = await engineForTests()

describe.runIf(client)('connections that never log in', () => {
  const keys = makeKeys()
  afterAll(() => keys[Symbol.dispose]())

  function start(environment: Readonly<Record<string, string>> = {}): Promise<Server> {
    if (!client) throw new Error('no engine')
    // As a small task has it; fargate-login tries for minutes.
    return startServer(client, keys, { environment, args: ['--memory', '512m'] })
  }

  /** As the command line does it: again and again. @returns after how many milliseconds it was in */
  async function login(server: Server): Promise<number> {
    const since = Date.now()
    for (;;) {
      const { status } = await server.ssh('true', { options: ['-o', 'ConnectTimeout=5'] })
      if (status === 0) return Date.now() - since
      if (Date.now() - since > 40_000) throw new Error('It did not get in within 40 s.')
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }

  test.each<[string, Opening]>([
    ['that say nothing', silence],
    ['that send a byte now and then', trickle],
  ])('do not crowd out a login from their own address, a thousand %s', async (_, opening) => {
    await using server = await start()
    {
      using flood = startFlood(server, 1000, opening)
      await expect.poll(() => flood.open, { timeout: 20_000 }).toBeGreaterThan(300)
      expect(await login(server)).toBeLessThan(20_000)
      expect(await login(server)).toBeLessThan(20_000)
      await expect.poll(() => flood.reopened, { timeout: 20_000 }).toBeGreaterThan(500)
      const refused = server.log.lines.filter((line) => line.startsWith('fargate-login: refused from='))
      // One minute's lines, or those of two if the tests took long.
      expect(refused.length).toBeLessThanOrEqual(120)
      expect(server.log.lines.filter((line) => line.startsWith('fargate-login: connect '))).toHaveLength(2)
      await server.log.until(/disconnect /)
    }
    await server.signal('TERM')
    expect(await server.log.ended).toBe(143)
    expect(server.log.lines.join('\n')).toMatch(
      /^fargate-login: refused [1-9]\d+ more, of which there are no lines$/m,
    )
  })

  test('do not keep a task within the time for the first login, however slow and often', async () => {
    await using server = await start({ FARGATE_LOGIN_CONNECT_GRACE: '4' })
    using _flood = startFlood(server, 20, trickle)
    expect(await server.log.ended).toBe(0)
    expect(server.log.lines.at(-1)).toContain('end reason="nobody logged in within 4 s" status=0')
  })

  test('do not keep a task within the time after the last logout, however slow and often', async () => {
    await using server = await start({ FARGATE_LOGIN_LINGER: '3' })
    using _flood = startFlood(server, 20, trickle)
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

import { once } from 'node:events'
import { connect } from 'node:net'
import ssh2 from 'ssh2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engineForTests } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { type Server, startServer } from './helpers/server.ts'

const client = await engineForTests()

describe.runIf(client)("the image's log", () => {
  const keys = makeKeys()
  const suffix = 'session=s-1 owner=arn:aws:sts::1:assumed-role/Admin/me@example.com'
  let server: Server

  beforeAll(async () => {
    if (!client) return
    server = await startServer(client, keys, {
      environment: {
        FARGATE_LOGIN_SESSION: 's-1',
        FARGATE_LOGIN_OWNER: 'arn:aws:sts::1:assumed-role/Admin/me@example.com',
      },
    })
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    keys[Symbol.dispose]()
  })

  /** The lines that something adds, up to the one that is waited for. */
  async function added(action: () => Promise<unknown>, last: RegExp): Promise<readonly string[]> {
    const before = server.log.lines.length
    await action()
    await server.log.until(last)
    return server.log.lines.slice(before)
  }

  test('has a line for each connect and disconnect', async () => {
    const lines = await added(() => server.ssh('true'), / disconnect /)
    expect(lines).toHaveLength(2)
    const from = / from=(\S+)/.exec(lines[0] ?? '')?.[1]
    expect(from).toMatch(/^[\d.]+:\d+$/)
    expect(lines[0]).toBe(
      `fargate-login: connect user=root from=${from} key=${keys.user.fingerprint} ${suffix}`,
    )
    expect(lines[1]).toBe(`fargate-login: disconnect user=root from=${from} reason="logged out" ${suffix}`)
  })

  test('has a line for a wrong key, which is refused', async () => {
    const lines = await added(async () => {
      const { status, stderr } = await server.ssh('true', { key: keys.stranger })
      expect(stderr).toContain('Permission denied (publickey)')
      expect(status).toBe(255)
    }, /refused user=root/)
    expect(lines).toEqual([
      expect.stringMatching(
        /^fargate-login: refused user=root from=\S+ key=SHA256:\S+ reason="no key that may log in here" session=/,
      ),
    ])
    expect(lines[0]).toContain(keys.stranger.fingerprint)
  })

  test('has a line for another user, who is refused with the right key', async () => {
    const lines = await added(() => server.ssh('true', { user: 'daemon' }), /refused user=daemon/)
    expect(lines).toEqual([expect.stringContaining('reason="a user who may not log in here"')])
  })

  test('has a line for what is no SSH', async () => {
    const lines = await added(async () => {
      const socket = connect(server.port, server.host)
      await once(socket, 'data')
      // sshd does not read what it did not want to hear.
      socket.on('error', () => {})
      socket.resume().write('GET / HTTP/1.1\r\n\r\n')
      if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
    }, /does not speak SSH/)
    expect(lines).toHaveLength(1)
  })

  test('cannot be made to lie by a name: nobody seems to log in or to leave, and no line is raw', async () => {
    const forged = [
      `Accepted publickey for root from 1.2.3.4 port 5 ssh2: ED25519 ${keys.stranger.fingerprint}`,
      'Accepted publickey for root from 1.2.3.4 port 5',
      'Disconnected from user root 1.2.3.4 port 5',
      'fargate-login: connect user=root from=1.2.3.4:5',
      ': idle after 1',
      'Server listening on :: port 22.',
      'Connection closed by invalid user \u001b[2Jx="y" 1.2.3.4 port 5 [preauth]',
    ]
    const lines = await added(async () => {
      const stranger = new ssh2.Client()
      const { host, port } = server
      stranger.connect({
        ...{ host, port, username: `x\r\n${forged.join('\r\n')}\r\n`, privateKey: keys.user.privateKey },
      })
      await once(stranger, 'error')
      // The line of this one comes after all that was forged.
      await server.ssh('true', { user: 'games' })
    }, /refused user=games/)
    expect(
      lines.filter((line) => !/^fargate-login: refused user=[\w.:?-]* from=\S+ reason="/.test(line)),
    ).toEqual([])
  })

  test('is silent about who only looks at the banner, as a client does that waits for the task', async () => {
    const lines = await added(async () => {
      const socket = connect(server.port, server.host)
      await once(socket, 'data')
      socket.destroy()
      await server.ssh('true', { user: 'bin' })
    }, /refused user=bin/)
    expect(lines).toHaveLength(1)
  })
})

import { once } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { SshLogin } from '../../cli/session/ports/ssh.ts'
import { bannerFeatures, bannerUser } from '../../cli/ssh/banner.ts'
import { makeSsh } from '../../cli/ssh/ssh.ts'
import { connectTo, startSshd } from '../helpers/sshd.ts'

function loginWith(privateKey: string): SshLogin {
  return { host: '127.0.0.1', privateKey, userKey: '', hostKey: { policy: 'accept' } }
}

/** A peer that is not an sshd. */
async function startPeer(onConnection: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    onConnection(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const keys = await makeSsh('ed25519').makeKeys()
  return {
    route: { kind: 'tcp', host: '127.0.0.1', port, found: 'private' } as const,
    login: loginWith(keys.user.privateKey),
    server,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

describe('connect', () => {
  it.each(['ed25519', 'rsa'] as const)('gets into a real sshd with %s keys on both sides', async (type) => {
    const keys = await makeSsh(type).makeKeys()
    await using sshd = await startSshd(keys)
    await using connection = await connectTo(sshd)
    expect(connection.user).toBe(sshd.login.user)
    expect(await sshd.logged(/Accepted publickey/)).toContain(keys.user.fingerprint)
  })

  it('refuses a host with another key, and sends it no signature', async () => {
    const ssh = makeSsh('ed25519')
    const [keys, others] = await Promise.all([ssh.makeKeys(), ssh.makeKeys()])
    await using sshd = await startSshd({ user: keys.user, host: others.host })
    const hostKey = { policy: 'verify', fingerprint: keys.host.fingerprint } as const
    const { route } = sshd
    const login: SshLogin = { ...sshd.login, hostKey }
    await expect(connectTo({ route, login })).rejects.toMatchObject({
      code: 'host-key-mismatch',
      message: expect.stringContaining(others.host.fingerprint),
      hint: expect.stringContaining('--port'),
    })
    const accepting: SshLogin = { ...login, hostKey: { policy: 'accept' } }
    await using connection = await connectTo({ route, login: accepting })
    expect(connection.user).toBeTruthy()
  })

  it('says so when its key is refused', async () => {
    const ssh = makeSsh('ed25519')
    const [keys, others] = await Promise.all([ssh.makeKeys(), ssh.makeKeys()])
    await using sshd = await startSshd(keys)
    const login = { ...sshd.login, privateKey: others.user.privateKey }
    await expect(connectTo({ ...sshd, login })).rejects.toMatchObject({ code: 'authentication-failed' })
  })

  it('says so when its key is damaged', async () => {
    const { checkKey, makeKeys } = makeSsh('ed25519')
    expect(() => checkKey('no key')).toThrow(expect.objectContaining({ code: 'authentication-failed' }))
    checkKey((await makeKeys()).user.privateKey)
  })

  it('learns the user from the banner of the paired image', async () => {
    const keys = await makeSsh('ed25519').makeKeys()
    const user = process.env.USER ?? 'root'
    await using sshd = await startSshd(keys, [`VersionAddendum fargate-login user=${user}`])
    const { user: _, ...login } = sshd.login
    await using connection = await connectTo({ ...sshd, login })
    expect(connection.user).toBe(user)
  })

  it('says refused when somebody says no', async () => {
    await using peer = await startPeer((socket) => socket.end())
    await expect(connectTo(peer)).rejects.toMatchObject({ code: 'connection-refused' })
    peer.server.close()
    await expect(connectTo(peer)).rejects.toMatchObject({ code: 'connection-refused' })
  })

  it.each([
    ['speaks HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['sends garbage', '\x1b[2J\0\xff'.repeat(2000)],
  ])('refuses a peer that %s, and shows its words harmlessly', async (_, words) => {
    await using peer = await startPeer((socket) => socket.end(words))
    await expect(connectTo(peer)).rejects.toMatchObject({
      code: 'not-ssh',
      message: expect.stringMatching(/^[ -~]+$/),
    })
  })

  it('may try again while so many log in that sshd takes no more', async () => {
    await using sshd = await startSshd(await makeSsh('ed25519').makeKeys(), ['MaxStartups 1'])
    const other = createConnection(sshd.port, '127.0.0.1')
    await once(other, 'data')
    await expect(connectTo(sshd)).rejects.toMatchObject({ code: 'connection-refused' })
    other.destroy()
  })

  it.each(['Not allowed at this time\r\n', 'Exceeded MaxStartups\r\n'])(
    'says that it may be tried again when sshd answers %j',
    async (words) => {
      await using peer = await startPeer((socket) => socket.end(words))
      await expect(connectTo(peer)).rejects.toMatchObject({
        code: 'connection-refused',
        message: expect.stringContaining('lets nobody in at the moment'),
        hint: expect.stringContaining('Too many connections'),
      })
    },
  )

  it('stops reading a banner that never ends', async () => {
    let sent = 0
    await using peer = await startPeer((socket) => {
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(1 << 16, 'x'))) sent += 1 << 16
        socket.once('drain', pour)
      }
      pour()
    })
    await expect(connectTo(peer)).rejects.toMatchObject({ code: 'not-ssh' })
    expect(sent).toBeLessThan(16 << 20)
  })

  it('ends a handshake that dies after the banner', async () => {
    await using peer = await startPeer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'))
    await expect(connectTo(peer)).rejects.toMatchObject({ code: 'connection-lost' })
  })

  it('obeys a cancel while the peer says nothing', async () => {
    const cancel = new AbortController()
    await using peer = await startPeer(() => cancel.abort(new Error('enough')))
    await expect(connectTo(peer, cancel.signal)).rejects.toThrow('enough')
  })
})

describe('bannerUser', () => {
  it.each([
    ['SSH-2.0-OpenSSH_10.0p2 fargate-login user=app', 'app'],
    ['SSH-2.0-OpenSSH_10.0p2 Debian-7 fargate-login user=app', 'app'],
    ['SSH-2.0-OpenSSH_10.0p2 fargate-login v=1 user=app x=y', 'app'],
    ['SSH-2.0-OpenSSH_10.0p2 Debian-7', undefined],
    ['SSH-2.0-other user=root', undefined],
  ])('reads %s as %s', (banner, user) => {
    expect(bannerUser(banner)).toBe(user)
  })
})

describe('bannerFeatures', () => {
  it.each([
    ['SSH-2.0-OpenSSH_10.0p2 Debian-7 fargate-login user=app later enter', ['linger', 'enter']],
    ['SSH-2.0-OpenSSH_10.0p2 fargate-login user=enter', ['linger']],
    ['SSH-2.0-OpenSSH_10.0p2 enter', []],
  ])('reads %s as %j', (banner, features) => {
    expect([...bannerFeatures(banner)]).toEqual(features)
  })
})

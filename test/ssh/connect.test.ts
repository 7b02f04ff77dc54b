import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { bannerFeatures, bannerUser } from '../../cli/ssh/banner.ts'
import { connect } from '../../cli/ssh/connect.ts'
import { makeSsh } from '../../cli/ssh/ssh.ts'
import { startSshd } from '../helpers/sshd.ts'

const NEVER = new AbortController().signal

/** A peer that is no sshd. */
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
    attempt: {
      address: { host: '127.0.0.1', port, found: 'private' as const },
      ssh: { port, key: '', hostKey: { policy: 'accept' as const } },
      privateKey: keys.user.privateKey,
      tcpTimeout: 500,
    },
    server,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** A stopped process with a full backlog: the kernel drops every further SYN, as a security group does. */
async function startBlackHole() {
  const script = `const s = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 },
    () => { console.log(s.address().port); process.kill(process.pid, 'SIGSTOP') })`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const port = Number(String(line))
  const fillers = Array.from({ length: 4 }, () => createConnection(port, '127.0.0.1').on('error', () => {}))
  await Promise.all(fillers.slice(0, 2).map((socket) => once(socket, 'connect')))
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of fillers) socket.destroy()
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

describe('connect', () => {
  it.each(['ed25519', 'rsa'] as const)('gets into a real sshd with %s keys on both sides', async (type) => {
    const keys = await makeSsh(type).makeKeys()
    await using sshd = await startSshd(keys)
    await using connection = await connect(sshd.attempt, NEVER)
    expect(connection.user).toBe(sshd.attempt.ssh.user)
    expect(await sshd.logged(/Accepted publickey/)).toContain(keys.user.fingerprint)
  })

  it('refuses a host with another key, and sends it no signature', async () => {
    const ssh = makeSsh('ed25519')
    const [keys, others] = await Promise.all([ssh.makeKeys(), ssh.makeKeys()])
    await using sshd = await startSshd({ user: keys.user, host: others.host })
    const hostKey = { policy: 'verify', fingerprint: keys.host.fingerprint } as const
    const attempt = { ...sshd.attempt, ssh: { ...sshd.attempt.ssh, hostKey } }
    await expect(connect(attempt, NEVER)).rejects.toMatchObject({
      code: 'host-key-mismatch',
      message: expect.stringContaining(others.host.fingerprint),
      hint: expect.stringContaining('--port'),
    })
    const accepting = { ...attempt, ssh: { ...attempt.ssh, hostKey: { policy: 'accept' } as const } }
    await using connection = await connect(accepting, NEVER)
    expect(connection.user).toBeTruthy()
  })

  it('says so when its key is refused', async () => {
    const ssh = makeSsh('ed25519')
    const [keys, others] = await Promise.all([ssh.makeKeys(), ssh.makeKeys()])
    await using sshd = await startSshd(keys)
    const attempt = { ...sshd.attempt, privateKey: others.user.privateKey }
    await expect(connect(attempt, NEVER)).rejects.toMatchObject({ code: 'authentication-failed' })
  })

  it('says so when its key is damaged', async () => {
    const keys = await makeSsh('ed25519').makeKeys()
    await using sshd = await startSshd(keys)
    const attempt = { ...sshd.attempt, privateKey: 'no key' }
    await expect(connect(attempt, NEVER)).rejects.toMatchObject({ code: 'authentication-failed' })
  })

  it('learns the user from the banner of the paired image', async () => {
    const keys = await makeSsh('ed25519').makeKeys()
    const user = process.env.USER ?? 'root'
    await using sshd = await startSshd(keys, [`VersionAddendum fargate-login user=${user}`])
    const { user: _, ...ssh } = sshd.attempt.ssh
    await using connection = await connect({ ...sshd.attempt, ssh }, NEVER)
    expect(connection.user).toBe(user)
  })

  it('says refused when somebody says no', async () => {
    await using peer = await startPeer((socket) => socket.end())
    await expect(connect(peer.attempt, NEVER)).rejects.toMatchObject({ code: 'connection-refused' })
    peer.server.close()
    await expect(connect(peer.attempt, NEVER)).rejects.toMatchObject({ code: 'connection-refused' })
  })

  it('says silent when packets get lost', async () => {
    await using hole = await startBlackHole()
    const keys = await makeSsh('ed25519').makeKeys()
    const address = { host: '127.0.0.1', port: hole.port, found: 'private' } as const
    const ssh = { key: '', hostKey: { policy: 'accept' } } as const
    await expect(
      connect({ address, ssh, privateKey: keys.user.privateKey, tcpTimeout: 200 }, NEVER),
    ).rejects.toMatchObject({
      code: 'connection-silent',
    })
  })

  it.each([
    ['speaks HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['sends garbage', '\x1b[2J\0\xff'.repeat(2000)],
  ])('refuses a peer that %s, and shows its words harmlessly', async (_, words) => {
    await using peer = await startPeer((socket) => socket.end(words))
    await expect(connect(peer.attempt, NEVER)).rejects.toMatchObject({
      code: 'not-ssh',
      message: expect.stringMatching(/^[ -~]+$/),
    })
  })

  it('stops reading a banner that never ends', async () => {
    let sent = 0
    await using peer = await startPeer((socket) => {
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(1 << 16, 'x'))) sent += 1 << 16
        socket.once('drain', pour)
      }
      pour()
    })
    await expect(connect(peer.attempt, NEVER)).rejects.toMatchObject({ code: 'not-ssh' })
    expect(sent).toBeLessThan(16 << 20)
  })

  it('ends a handshake that dies after the banner', async () => {
    await using peer = await startPeer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'))
    await expect(connect(peer.attempt, NEVER)).rejects.toMatchObject({ code: 'connection-lost' })
  })

  it('obeys a cancel while the peer says nothing', async () => {
    const cancel = new AbortController()
    await using peer = await startPeer(() => cancel.abort(new Error('enough')))
    await expect(connect(peer.attempt, cancel.signal)).rejects.toThrow('enough')
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
    ['SSH-2.0-OpenSSH_10.0p2 Debian-7 fargate-login user=app enter later', ['enter', 'later']],
    ['SSH-2.0-OpenSSH_10.0p2 fargate-login user=enter', []],
    ['SSH-2.0-OpenSSH_10.0p2 enter', []],
  ])('reads %s as %j', (banner, features) => {
    expect([...bannerFeatures(banner)]).toEqual(features)
  })
})

import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { engineForTests } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { type Server, startServer } from './helpers/server.ts'

const client = await engineForTests()

describe.runIf(client)('the end of the image', () => {
  const keys = makeKeys()
  afterAll(() => keys[Symbol.dispose]())

  function start(limits: Readonly<Record<string, string>> = {}): Promise<Server> {
    if (!client) throw new Error('no engine')
    return startServer(client, keys, { environment: limits })
  }
  const connected = (server: Server) => server.log.until(/^fargate-login: connect /)
  const lastLine = (server: Server) => server.log.lines.at(-1)

  test('comes when nobody has logged in within the grace time, even while somebody is knocking', async () => {
    await using server = await start({ FARGATE_LOGIN_CONNECT_GRACE: '2' })
    const socket = connect(server.port, server.host)
    await once(socket, 'data')
    expect(await server.log.ended).toBe(0)
    expect(lastLine(server)).toBe('fargate-login: end reason="nobody logged in within 2 s" status=0')
    socket.destroy()
  })

  test('comes after the linger time, however short the last connection was', async () => {
    await using server = await start({ FARGATE_LOGIN_LINGER: '1', FARGATE_LOGIN_CONNECT_GRACE: '200' })
    expect((await server.ssh('true')).status).toBe(0)
    expect(await server.log.ended).toBe(0)
    expect(lastLine(server)).toContain('end reason="nobody has been connected for 1 s" status=0')
  })

  test('does not come while somebody is connected, be it without a session', async () => {
    await using server = await start({ FARGATE_LOGIN_LINGER: '0', FARGATE_LOGIN_MAX_LIFETIME: '5' })
    const tunnel = server.ssh(undefined, { options: ['-N'] })
    await connected(server)
    expect(await server.log.ended).toBe(0)
    expect(lastLine(server)).toContain('end reason="the lifetime of 5 s is over" status=0')
    expect((await tunnel).status).toBe(255)
  })

  test('does not come with the first logout: the other session goes on', async () => {
    await using server = await start({ FARGATE_LOGIN_LINGER: '1' })
    const other = server.ssh('sleep 4; echo still here')
    await connected(server)
    expect((await server.ssh('true')).status).toBe(0)
    expect(await other).toMatchObject({ stdout: 'still here\n', status: 0 })
    expect(await server.log.ended).toBe(0)
  })

  test('is not put off by a session that was killed', async () => {
    await using server = await start({ FARGATE_LOGIN_LINGER: '1' })
    const killed = server.ssh('pkill -KILL sshd-session')
    expect((await killed).status).toBe(255)
    expect(await server.log.ended).toBe(0)
    expect(server.log.lines.join('\n')).toMatch(/disconnect user=root .*reason="connection lost"/)
  })

  test('comes at once with SIGTERM, which ends the sessions', async () => {
    await using server = await start()
    const session = server.ssh('sleep 1000')
    await connected(server)
    await server.signal('TERM')
    expect(await server.log.ended).toBe(143)
    expect(lastLine(server)).toBe('fargate-login: end reason="SIGTERM" status=143')
    expect((await session).status).not.toBe(0)
  })

  test('is told to the processes of the sessions, and does not wait for those that do not care', async () => {
    await using server = await start()
    const polite = server.ssh(
      'trap "echo told; exit 3" HUP TERM; touch /tmp/polite; while :; do sleep 0.1; done',
    )
    const rude = server.ssh('trap "" HUP TERM; touch /tmp/rude; while :; do sleep 0.1; done')
    const orphan = server.ssh(
      '(trap "" HUP TERM; touch /tmp/orphan; exec setsid sleep 1000) >/dev/null 2>&1 </dev/null & sleep 1000',
    )
    await server.ssh(
      'until [ -e /tmp/polite ] && [ -e /tmp/rude ] && [ -e /tmp/orphan ]; do sleep 0.05; done',
    )
    await server.signal('TERM')
    expect(await server.log.ended).toBe(143)
    expect(await polite).toMatchObject({ stdout: 'told\n', status: 3 })
    expect((await rude).status).toBe(255)
    expect((await orphan).status).not.toBe(0)
  })

  test('leaves no zombies before: orphans are reaped', async () => {
    await using server = await start()
    const { stdout } = await server.ssh('(sleep 0.1 & echo $!)')
    const reaped = await server.ssh(`while [ -d /proc/${stdout.trim()} ]; do sleep 0.05; done; echo reaped`)
    expect(reaped.stdout).toBe('reaped\n')
  })
})

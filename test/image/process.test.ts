import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, userInfo } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { makeKeys } from './helpers/keys.ts'
import { lineLog } from './helpers/line-log.ts'
import { givenKeys } from './helpers/server.ts'
import { type SshOptions, ssh, sshArguments } from './helpers/ssh.ts'

const entrypoint = fileURLToPath(new URL('../../sshd-image/entrypoint.sh', import.meta.url))
const host = '127.0.0.1'

// What the local ECS does on a machine without a container engine.
describe("the entrypoint on this machine's own sshd", () => {
  const keys = makeKeys()
  afterAll(() => keys[Symbol.dispose]())

  async function start(environment: Readonly<Record<string, string>> = {}) {
    const port = Number(environment.FARGATE_LOGIN_PORT ?? (await freePort()))
    const child = spawn('/bin/sh', [entrypoint], {
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        HOME: homedir(),
        ...givenKeys(keys),
        FARGATE_LOGIN_LISTEN: host,
        FARGATE_LOGIN_PORT: String(port),
        ...environment,
      },
      cwd: keys.directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const log = lineLog(child)
    return {
      child,
      log,
      port,
      ssh: (command: string, options: SshOptions = {}) =>
        ssh({ host, port }, keys, command, { user: userInfo().username, ...options }),
      async [Symbol.asyncDispose]() {
        child.kill('SIGTERM')
        await log.ended
      },
    }
  }

  test('gives a session with the environment and the directory that it was started with', async () => {
    await using server = await start({ 'dotted.name': "it's\n" })
    await server.log.until(/listening/)
    const { stdout, status } = await server.ssh('pwd; cat /proc/$$/environ | grep -az dotted; exit 44')
    expect(stdout).toBe(`${keys.directory}\ndotted.name=it's\n\0`)
    expect(status).toBe(44)
  })

  test('runs twice at the same time, each counting its own connections', async () => {
    await using idle = await start({ FARGATE_LOGIN_CONNECT_GRACE: '1' })
    await using busy = await start()
    await busy.log.until(/listening/)
    const session = busy.ssh('sleep 1000')
    await busy.log.until(/connect /)
    expect(await idle.log.ended).toBe(0)
    expect(idle.log.lines.at(-1)).toContain('nobody logged in within 1 s')
    busy.child.kill('SIGTERM')
    expect((await session).status).not.toBe(0)
    expect(await busy.log.ended).toBe(143)
  })

  test.each([
    ['ignore both signals', 'trap "" HUP TERM; while :; do sleep 0.1; done'],
    ['are stopped', '(trap "" HUP TERM; kill -STOP $$) & sleep 1000 & kill -STOP $!; wait'],
    ['multiply', 'trap "" HUP TERM; while :; do (trap "" HUP TERM; exec setsid sleep 15) & sleep 0.05; done'],
  ])('ends within ten seconds whatever the processes of a session do, when they %s', async (_, command) => {
    await using server = await start({ FARGATE_LOGIN_MAX_LIFETIME: '4' })
    await server.log.until(/listening/)
    const since = Date.now()
    const session = server.ssh(`exec >/dev/null 2>&1 </dev/null; ${command}`)
    expect(await server.log.ended).toBe(0)
    expect(Date.now() - since).toBeLessThan(14_000)
    const ends = server.log.lines.filter((line) => line.startsWith('fargate-login: end '))
    expect(ends).toEqual(['fargate-login: end reason="the lifetime of 4 s is over" status=0'])
    expect((await session).status).toBe(255)
  })

  test('tells those on a terminal that it is being stopped', async () => {
    await using server = await start()
    await server.log.until(/listening/)
    const session = server.ssh('sleep 1000', { options: ['-tt'] })
    await server.log.until(/connect /)
    // By now the other has begun, too.
    await server.ssh('sleep 0.5')
    server.child.kill('SIGTERM')
    expect((await session).stdout).toContain('\nfargate-login: this task is being stopped (SIGTERM)\r')
  })

  test('notices that a client has vanished', async () => {
    await using server = await start({ FARGATE_LOGIN_CLIENT_TIMEOUT: '4', FARGATE_LOGIN_LINGER: '1' })
    await server.log.until(/listening/)
    const login = { host, port: server.port }
    const target = `${userInfo().username}@${host}`
    const client = spawn('ssh', [...sshArguments(login, keys, {}), target, 'sleep 20'], { stdio: 'ignore' })
    await server.log.until(/connect /)
    client.kill('SIGSTOP')
    const since = Date.now()
    await server.log.until(/disconnect .* reason="no answer"/)
    // OpenSSH 9.2 takes two intervals for one.
    expect(Date.now() - since).toBeLessThan(9_500)
    client.kill('SIGKILL')
    expect(await server.log.ended).toBe(0)
  })

  test('says that the port is taken, and ends', async () => {
    const taken = createServer().listen(0, host)
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    await using server = await start({ FARGATE_LOGIN_PORT: String(port) })
    expect(await server.log.ended).toBe(69)
    expect(server.log.lines.join('\n')).toMatch(
      /Bind to port \d+ on 127\.0\.0\.1 failed: Address already in use/,
    )
    taken.close()
  })

  test.runIf(process.platform === 'linux').each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)(
    'leaves neither key nor process behind after %s',
    async (signal) => {
      await using server = await start()
      await server.log.until(/listening/)
      const block = readFileSync(`/proc/${server.child.pid}/environ`, 'utf8')
      const directory =
        block
          .split('\0')
          .find((entry) => entry.startsWith('private='))
          ?.slice('private='.length) ?? ''
      expect(existsSync(`${directory}/host_key`)).toBe(true)
      const session = server.ssh('sleep 1000')
      await server.log.until(/connect /)
      server.child.kill(signal)
      // Every process that could still write has gone by then: sshd, too.
      await server.log.ended
      expect((await session).status).not.toBe(0)
      await expect.poll(() => existsSync(directory), { timeout: 10_000 }).toBe(false)
    },
  )
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { builtImage, type ContainerOptions, engineForTests } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { type LineLog, lineLog } from './helpers/line-log.ts'
import { type Server, startServer } from './helpers/server.ts'
import { sshArguments } from './helpers/ssh.ts'

const client = await engineForTests()
const stopping = /^fargate-login: this task is being stopped \(SIGTERM\)$/

describe.runIf(client)('what is said on terminals', () => {
  const keys = makeKeys()
  afterAll(() => keys[Symbol.dispose]())

  function start(options: ContainerOptions = {}): Promise<Server> {
    if (!client) throw new Error('no engine')
    return startServer(client, keys, options)
  }

  interface Terminal {
    readonly log: LineLog
    type(text: string): void
  }

  /** A session on a terminal that has begun. */
  async function terminal(server: Server, command: string, user = 'root'): Promise<Terminal> {
    const options = sshArguments(server, keys, { options: ['-tt'] })
    const child = spawn('ssh', [...options, `${user}@${server.host}`, `echo begun; ${command}`])
    const log = lineLog(child)
    await log.until(/^begun/)
    return { log, type: (text) => child.stdin.write(text) }
  }

  const said = ({ log }: Terminal) => log.lines.filter((line) => line.startsWith('fargate-login:'))

  test('is that the lifetime ends in five minutes, and in one, if that is still to come', async () => {
    const warned = async (lifetime: string) => {
      await using server = await start({ environment: { FARGATE_LOGIN_MAX_LIFETIME: lifetime } })
      const one = await terminal(server, 'sleep 1000')
      await one.log.until(/^fargate-login:/)
      return said(one)
    }
    const [five, minute, over] = await Promise.all([warned('304'), warned('64'), warned('5')])
    expect(five).toEqual(['fargate-login: this task ends in 5 minutes, as its lifetime is 304 s'])
    expect(minute).toEqual(['fargate-login: this task ends in 1 minute, as its lifetime is 64 s'])
    expect(over).toEqual(['fargate-login: this task ends, as the lifetime of 5 s is over'])
  })

  const bare = client?.name === 'podman' ? ['--read-only-tmpfs=false', '--passwd=false'] : []
  test.each([
    ['root', 'root', []],
    ['a uid with a read-only root file system and no capability', 'uid54321', ['--user', '54321']],
    ['root with a read-only root file system and no capability', 'root', []],
  ])('is that the task is being stopped, as %s', async (who, user, args) => {
    if (!client) return
    const image = await builtImage(
      client,
      fileURLToPath(new URL('../helpers/images/copied', import.meta.url)),
    )
    const restricted = who === 'root' ? [] : ['--read-only', '--cap-drop', 'ALL', ...bare]
    await using server = await start({ image, args: [...args, ...restricted] })
    const [first, second] = [await terminal(server, 'sleep 1000', user), await terminal(server, 'cat', user)]
    const pipe = server.ssh('sleep 1000', { user })
    await server.log.until(/connect /)
    await server.signal('TERM')
    expect(await first.log.until(stopping)).toBeDefined()
    expect(await second.log.until(stopping)).toBeDefined()
    expect(await server.log.ended).toBe(143)
    const { stdout } = await pipe
    expect(stdout).toBe('')
  })

  test('is not waited for: one that is stopped or not read holds nothing up', async () => {
    await using server = await start()
    const stopped = await terminal(server, 'cat')
    const flooded = await terminal(server, 'yes')
    stopped.type('\x13')
    flooded.type('\x13')
    const other = await terminal(server, 'cat')
    const since = Date.now()
    await server.signal('TERM')
    expect(await other.log.until(stopping)).toBeDefined()
    expect(await server.log.ended).toBe(143)
    expect(Date.now() - since).toBeLessThan(7_000)
  })

  test('is not said to others who got the number of a terminal later', async () => {
    await using server = await start()
    const first = await terminal(server, 'tty; sleep 0.2')
    expect(await first.log.until(/^\/dev/)).toBe('/dev/pts/0')
    await first.log.ended
    // A terminal inside of the session, like that of tmux.
    const second = server.ssh('script -qc "tty; touch /tmp/there; sleep 1000" /tmp/typescript')
    await server.ssh('until [ -e /tmp/there ]; do sleep 0.1; done')
    await server.signal('TERM')
    expect(await server.log.ended).toBe(143)
    const { stdout } = await second
    expect(stdout).toContain('/dev/pts/0')
    expect(stdout).not.toContain('fargate-login:')
  })
})

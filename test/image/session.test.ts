import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtImage, engineForTests } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { type Server, startServer } from './helpers/server.ts'

const client = await engineForTests()

// The bare image as root, and an app's image as its own user: everything holds for both.
describe.runIf(client).each([
  { user: 'root', shell: '/bin/bash' },
  { user: 'app', shell: '/bin/bash' },
  { user: 'homeless', shell: '/bin/sh' },
])('a session as $user', ({ user, shell }) => {
  const keys = makeKeys()
  let server: Server

  beforeAll(async () => {
    if (!client) return
    const image = await builtImage(client, new URL('app-image', import.meta.url).pathname)
    server = await startServer(client, keys, { image, args: ['--user', user] })
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    keys[Symbol.dispose]()
  })

  const ssh: Server['ssh'] = (command, options) => server.ssh(command, { user, ...options })

  test('is the user that the container runs as', async () => {
    const { stdout } = await ssh('id -un; echo $USER $LOGNAME $SHELL')
    expect(stdout).toBe(`${user}\n${user} ${user} ${shell}\n`)
  })

  test.each([0, 1, 4, 5, 44, 255])('ends with exit status %i', async (status) => {
    expect((await ssh(`exit ${status}`)).status).toBe(status)
  })

  test('reports the signal that ended the command', async () => {
    expect(await signalOf('kill -TERM $$')).toBe('SIGTERM')
    expect(await signalOf('exec sh -c "kill -KILL \\$\\$"')).toBe('SIGKILL')
  })

  test('leaves Ctrl-C to the command: no signal is ignored', async () => {
    expect((await ssh('grep SigIgn /proc/self/status')).stdout).toBe('SigIgn:\t0000000000000000\n')
  })

  test('keeps stdin, stdout and stderr apart, without a byte of its own', async () => {
    const outcome = await ssh('tr a-z A-Z; echo error >&2', { input: 'text' })
    expect(outcome.stdout).toBe('TEXT')
    // sshd's own remark about a home that is not there: no option of it turns that off.
    expect(outcome.stderr.replace(/^Could not chdir to home directory .*\r?\n/, '')).toBe('error\n')
  })

  test('runs a shell that reads commands from a pipe', async () => {
    const { stdout, status } = await ssh(undefined, { input: 'echo from-task\nexit 7\n' })
    expect(stdout).toBe('from-task\n')
    expect(status).toBe(7)
  })

  test('runs an interactive shell, not a login shell, on a terminal', async () => {
    const { stdout, status } = await ssh(undefined, {
      options: ['-tt'],
      input: 'echo "flags:$-:$0:end"; tty\nexit 44\n',
    })
    expect(stdout).toMatch(new RegExp(`flags:[a-zA-Z]*i[a-zA-Z]*:${shell}:end`))
    expect(stdout).toContain('/dev/pts/')
    expect(stdout).not.toContain('Last login')
    expect(status).toBe(44)
  })

  test('has a prompt on a terminal that says where one is', async () => {
    const { stdout } = await ssh(undefined, { options: ['-tt'], input: 'cd /tmp\nexit\n' })
    expect(stdout).toMatch(new RegExp(`${user}@[\\w-]+:/srv/it's an app[$#] `))
    expect(stdout).toMatch(new RegExp(`${user}@[\\w-]+:/tmp[$#] `))
  })

  test('copies files with sftp, from the working directory of the container', async () => {
    const there = join(keys.directory, 'there')
    const back = join(keys.directory, 'back')
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256))
    writeFileSync(there, bytes)
    const { status, stdout, stderr } = await server.sftp(
      `pwd\nput ${there} /tmp/copied-${user}\nget /tmp/copied-${user} ${back}\n`,
      { user },
    )
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(stdout).toContain("Remote working directory: /srv/it's an app")
    expect(readFileSync(back).equals(bytes)).toBe(true)
  })

  async function signalOf(command: string): Promise<string | undefined> {
    const connection = new ssh2.Client()
    connection.connect({
      host: server.host,
      port: server.port,
      username: user,
      privateKey: keys.user.privateKey,
    })
    await once(connection, 'ready')
    const exit = await new Promise<readonly unknown[]>((resolve, reject) =>
      connection.exec(command, (error, channel) => {
        if (error) return reject(error)
        channel.resume().once('exit', (...args: unknown[]) => resolve(args))
      }),
    )
    connection.end()
    return exit[1] === undefined ? undefined : String(exit[1])
  }
})

test.runIf(client)("a prompt of the container's own stays", async () => {
  if (!client) return
  using keys = makeKeys()
  const image = await builtImage(client, new URL('app-image', import.meta.url).pathname)
  const environment = { PS1: 'mine> ' }
  await using server = await startServer(client, keys, { image, environment, args: ['--user', 'homeless'] })
  const { stdout } = await server.ssh(undefined, { user: 'homeless', options: ['-tt'], input: 'exit\n' })
  expect(stdout).toContain('mine> ')
  expect(stdout).not.toContain('homeless@')
})

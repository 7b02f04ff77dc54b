import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { type Engine, engine } from '../../local-ecs/runners/container/engine/engine.ts'
import { builtImage, type ContainerOptions, engineForTests, startContainer } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { givenKeys, startServer } from './helpers/server.ts'

const client = await engineForTests()

/** The scripts without the toolkit's programs, on the OpenSSH of the distribution. */
function distributionImage(engine: Engine): Promise<string> {
  return builtImage(engine, new URL('distribution-image', import.meta.url).pathname)
}

describe.runIf(client)('the image at boot', () => {
  const keys = makeKeys()
  afterAll(() => keys[Symbol.dispose]())

  const given = givenKeys(keys)
  /** Runs a container that is to end by itself. */
  async function ending(options: ContainerOptions) {
    if (!client) throw new Error('no engine')
    await using container = await startContainer(client, options)
    return { status: await container.log.ended, lines: container.log.lines }
  }

  test.each([
    ['no key', { FARGATE_LOGIN_AUTHORIZED_KEY: '' }, 'FARGATE_LOGIN_AUTHORIZED_KEY is not set'],
    ['no key but a comment', { FARGATE_LOGIN_AUTHORIZED_KEY: '# none' }, 'holds no key'],
    ['a key that is none', { FARGATE_LOGIN_AUTHORIZED_KEY: 'ssh-ed25519 AAAA' }, 'is not a public key'],
    [
      'a bad key behind a good one',
      { FARGATE_LOGIN_AUTHORIZED_KEY: `${keys.user.publicKey}\nssh-ed25519 AAAA` },
      'is not a public key',
    ],
    ['a private key', { FARGATE_LOGIN_AUTHORIZED_KEY: keys.user.privateKey }, 'is not a public key'],
    ['a host key that is none', { FARGATE_LOGIN_HOST_KEY: 'secret-nonsense' }, 'is not a private key'],
    ['a public host key', { FARGATE_LOGIN_HOST_KEY: keys.host.publicKey }, 'is not a private key'],
    ['a port out of range', { FARGATE_LOGIN_PORT: '65536' }, 'is not a port'],
    ['a port in words', { FARGATE_LOGIN_PORT: 'ssh' }, 'FARGATE_LOGIN_PORT is not a whole number'],
    ['a negative time', { FARGATE_LOGIN_LINGER: '-1' }, 'FARGATE_LOGIN_LINGER is not a whole number'],
    ['a time with a unit', { FARGATE_LOGIN_MAX_LIFETIME: '12h' }, 'FARGATE_LOGIN_MAX_LIFETIME is not'],
    ['a broken time', { FARGATE_LOGIN_CONNECT_GRACE: '1.5' }, 'FARGATE_LOGIN_CONNECT_GRACE is not'],
    [
      'a client timeout that is too short',
      { FARGATE_LOGIN_CLIENT_TIMEOUT: '3' },
      'FARGATE_LOGIN_CLIENT_TIMEOUT=3 is too short',
    ],
    [
      'a client timeout in words',
      { FARGATE_LOGIN_CLIENT_TIMEOUT: 'no' },
      'FARGATE_LOGIN_CLIENT_TIMEOUT is not',
    ],
    ['two addresses', { FARGATE_LOGIN_LISTEN: '::1\nPermitRootLogin yes' }, 'FARGATE_LOGIN_LISTEN is not'],
  ])('ends with 64 and one line that says why, given %s', async (_, environment, reason) => {
    const { status, lines } = await ending({ environment: { ...given, ...environment } })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^fargate-login: .*\. .*\.$/)
    expect(lines[0]).toContain(reason)
    expect(lines.join()).not.toContain('secret-nonsense')
    expect(status).toBe(64)
  })

  test('takes several keys, with comments, options and line ends of Windows', async () => {
    if (!client) return
    const line = `# mine\r\n\r\nno-pty ${keys.stranger.publicKey}\r\n${keys.user.publicKey}\r\n`
    await using server = await startServer(client, keys, {
      environment: { FARGATE_LOGIN_AUTHORIZED_KEY: line },
    })
    expect((await server.ssh('echo in')).stdout).toBe('in\n')
    expect((await server.ssh('echo in', { key: keys.stranger })).stdout).toBe('in\n')
  })

  test.each([
    ['command="bin/report"', 'command'],
    ['restrict,Command="a, \\"b\\" c",pty', 'command'],
    ['environment="A=b"', 'environment'],
    ['cert-authority', 'cert-authority'],
    ['principals="me"', 'principals'],
    ['no-ptty', 'no-ptty'],
  ])('ends with 64 and names the option of a key that it would not apply: %s', async (options, name) => {
    const line = `${options} ${keys.user.publicKey}`
    const { status, lines } = await ending({
      environment: { ...given, FARGATE_LOGIN_AUTHORIZED_KEY: line },
    })
    expect(lines.join('\n')).toContain(
      `FARGATE_LOGIN_AUTHORIZED_KEY has the option ${name}, which has no effect in this image.`,
    )
    expect(status).toBe(64)
  })

  describe('applies the options of a key', () => {
    const withOptions = (options: string, environment = {}) => {
      if (!client) throw new Error('no engine')
      const line = `${options} ${keys.user.publicKey}`
      return startServer(client, keys, {
        environment: { FARGATE_LOGIN_AUTHORIZED_KEY: line, ...environment },
      })
    }

    test('from: lets nobody in from another address', async () => {
      await using server = await withOptions('from="192.0.2.1,198.51.100.0/24"')
      expect((await server.ssh('true')).status).toBe(255)
      await using open = await withOptions('from="0.0.0.0/0"')
      expect((await open.ssh('echo in')).stdout).toBe('in\n')
    })

    test('expiry-time: lets nobody in afterwards', async () => {
      await using server = await withOptions('expiry-time="20200101"')
      expect((await server.ssh('true')).status).toBe(255)
      await using open = await withOptions('expiry-time="20990101"')
      expect((await open.ssh('echo in')).stdout).toBe('in\n')
    })

    test('restrict: gives neither a terminal, held or not, nor a forward', async () => {
      await using server = await withOptions('restrict')
      expect((await server.ssh('echo in')).stdout).toBe('in\n')
      const tty = await server.ssh('tty', { options: ['-tt'] })
      expect(tty.stdout).not.toContain('/dev/')
      const held = await server.ssh('tty', {
        options: ['-o', 'SendEnv=FARGATE_LOGIN_HOLD'],
        environment: { FARGATE_LOGIN_HOLD: 'one' },
      })
      expect(held).toMatchObject({ stdout: '', status: 69 })
      expect(held.stderr).toContain('this session has no terminal, so none can be held')
      expect((await server.ssh(undefined, { options: ['-W', '127.0.0.1:2222'] })).status).not.toBe(0)
    })

    test('permitopen: opens that forward and no other', async () => {
      await using server = await withOptions('permitopen="127.0.0.1:2222"')
      const banner = await server.ssh(undefined, { options: ['-W', '127.0.0.1:2222'], input: '\n' })
      expect(banner.stdout).toContain('SSH-2.0-')
      expect((await server.ssh(undefined, { options: ['-W', '127.0.0.2:2222'] })).status).not.toBe(0)
    })
  })

  test('shows the host key that it was given, and prints its fingerprint', async () => {
    if (!client) return
    await using server = await startServer(client, keys)
    expect(server.log.lines[0]).toContain(
      `listening on port 2222 user=root host-key=${keys.host.fingerprint}`,
    )
    // The client knows no other.
    expect((await server.ssh('true')).status).toBe(0)
  })

  test('prints the fingerprint of the host key that it made itself', async () => {
    if (!client) return
    await using server = await startServer(client, keys, { environment: { FARGATE_LOGIN_HOST_KEY: '' } })
    const shown = execFileSync('ssh-keyscan', ['-t', 'ed25519', '-p', String(server.port), server.host], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const scanned = execFileSync('ssh-keygen', ['-l', '-E', 'sha256', '-f', '-'], {
      input: shown,
      encoding: 'utf8',
    })
    expect(server.log.lines[0]).toContain(`host-key=${scanned.split(' ')[1]} (generated)`)
  })

  test("names the container's user in the banner, for the client to log in as", async () => {
    if (!client) return
    const image = await builtImage(client, new URL('app-image', import.meta.url).pathname)
    await using server = await startServer(client, keys, { image, args: ['--user', '1000'] })
    const socket = connect(server.port, server.host)
    const [banner] = await once(socket, 'data')
    socket.destroy()
    expect(String(banner)).toMatch(
      /^SSH-2\.0-OpenSSH_\S+( Debian-\S+)? fargate-login user=app enter hold\r\n$/,
    )
  })

  test('needs no writable root file system', async () => {
    if (!client) return
    // podman would put a tmpfs on /run, docker does not.
    const bare = client.name === 'podman' ? ['--read-only-tmpfs=false'] : []
    await using server = await startServer(client, keys, {
      args: ['--read-only', ...bare, '--tmpfs', '/tmp'],
    })
    const { stdout, status } = await server.ssh('touch /run/new 2>/dev/null || echo read-only')
    expect({ stdout, status }).toEqual({ stdout: 'read-only\n', status: 0 })
  })

  test('takes another place for its files where one is full', async () => {
    if (!client) return
    await using server = await startServer(client, keys, { args: ['--tmpfs', '/run:size=4k'] })
    expect((await server.ssh('ls -d /run/fargate-login.* /dev/shm/fargate-login.*')).stdout).toMatch(
      /^\/dev\/shm\/fargate-login\.\w+\n$/,
    )
  })

  test('does not wait for a login shell that hangs', async () => {
    if (!client) return
    const spoil =
      'printf "#!/bin/sh\\nexec sleep 600\\n" >/bin/slow; chmod +x /bin/slow; sed -i "1s,[^:]*$,/bin/slow," /etc/passwd'
    await using server = await startServer(client, keys, {
      args: ['--entrypoint', '/bin/sh'],
      command: ['-c', `${spoil}; exec /bin/sh /opt/fargate-login/entrypoint.sh`],
    })
    expect((await server.ssh('echo $SHELL')).stdout).toBe('/bin/bash\n')
  })

  test('makes the directory that the sshd of a distribution wants, should the image not have it', async () => {
    if (!client) return
    await using server = await startServer(client, keys, {
      image: await distributionImage(client),
      args: ['--entrypoint', '/bin/sh'],
      command: ['-c', 'rmdir /run/sshd && exec /bin/sh /opt/fargate-login/entrypoint.sh'],
    })
    expect((await server.ssh('ls -ld /run/sshd')).stdout).toMatch(/^drwxr-xr-x .* \/run\/sshd\n$/)
  })

  test('writes nothing outside of its private directory, which is for its user only', async () => {
    if (!client) return
    await using server = await startServer(client, keys)
    const { stdout } = await server.ssh(
      'ls -ld /run/fargate-login.*; find /run/fargate-login.* -type f -perm /077',
      {
        options: ['-tt'],
      },
    )
    expect(stdout).toMatch(/^drwx------ \S+ root root .* \/run\/fargate-login\.\w+\r\n$/)
    const changes = (await engine(client, ['diff', server.name])).split('\n')
    // The engine's own are /etc/hosts and the like; sshd's are its records of who was on a terminal.
    const known =
      /^C \/(run|var|var\/log)$| \/run\/fargate-login\.| \/(etc|dev|proc|sys)\b| \/var\/log\/(lastlog|wtmp)/
    const others = changes.filter((change) => !known.test(change))
    expect(others).toEqual([])
  })

  test.each(['toolkit', 'distribution'])(
    'logs in root where its account is locked, with the sshd of the %s',
    async (kind) => {
      if (!client) return
      await using server = await startServer(client, keys, {
        ...(kind === 'distribution' && { image: await distributionImage(client) }),
        args: ['--entrypoint', '/bin/sh'],
        command: ['-c', 'passwd -q -l root; exec /bin/sh /opt/fargate-login/entrypoint.sh'],
      })
      expect((await server.ssh('echo in')).stdout).toBe('in\n')
    },
  )

  test.each([
    ['a user without a shell', 'daemon-like', 'the shell of user daemon-like is /usr/sbin/nologin'],
    ['a user without a name', '54321', 'uid 54321 has no name'],
  ])('ends with 69 and says why, with the sshd of a distribution, for %s', async (_, user, reason) => {
    if (!client) return
    const image = await distributionImage(client)
    // podman makes up a name by itself.
    const unnamed = client.name === 'podman' ? ['--passwd=false'] : []
    const { status, lines } = await ending({ image, environment: given, args: ['--user', user, ...unnamed] })
    expect(lines.join('\n')).toContain(`fargate-login: ${reason}`)
    expect(status).toBe(69)
  })
})

import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { engine } from '../../local-ecs/runners/container/engine/engine.ts'
import { builtImage, engineForTests, sshdImage } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { startServer } from './helpers/server.ts'
import { sshArguments } from './helpers/ssh.ts'

const client = await engineForTests()
const directoryOf = (name: string) => fileURLToPath(new URL(`../helpers/images/${name}`, import.meta.url))

/** podman would make up an account for an unknown uid. */
const asIs = client?.name === 'podman' ? ['--passwd=false'] : []
const readOnly = ['--read-only', ...(client?.name === 'podman' ? ['--read-only-tmpfs=false'] : [])]

/** Asks for a provider that is not there, and for algorithms that only it has. */
const STRICT_CONFIG = `openssl_conf = all
[all]
providers = modules
alg_section = rules
[modules]
fips = activate
[activate]
activate = 1
[rules]
default_properties = fips=yes
`

/** The public half of a security key. */
const HARDWARE_KEY =
  'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIJ2ZmoqUoJd7XqC4ZbFqNxUnCWkFqxLWDkXHSVZ4PvLgAAAABHNzaDo='

describe.runIf(client)('the toolkit', () => {
  const keys = makeKeys()
  afterAll(() => keys[Symbol.dispose]())

  /** A configuration that allows nothing, as a hardened image may have it. @returns its file */
  function strictConfig(): string {
    const file = join(keys.directory, 'openssl.cnf')
    writeFileSync(file, STRICT_CONFIG)
    return file
  }

  test('takes less than 8 MB', async () => {
    if (!client) return
    const run = ['run', '--rm', ...client.quirks.limitArguments, '--entrypoint', 'du', await sshdImage()]
    const output = await engine(client, [...run, '-sk', '/opt/fargate-login'])
    expect(Number.parseInt(output, 10)).toBeLessThan(8 * 1000)
  })

  test.each([
    ['root', 'root', []],
    ['a uid', 'uid1000', ['--user', '1000:1000']],
    ['a uid with a read-only root', 'uid54321', ['--user', '54321', ...readOnly]],
    ['root without capabilities', 'root', ['--cap-drop', 'ALL']],
    ['root who may not change its root directory', 'root', ['--cap-drop', 'SYS_CHROOT']],
    ['root with a read-only root', 'root', readOnly],
  ])('copied into an empty image, serves shell, terminal and sftp as %s', async (_, user, args) => {
    if (!client) return
    const image = await builtImage(client, directoryOf('copied'))
    await using server = await startServer(client, keys, { image, args: [...asIs, ...args] })
    const { stdout, status, stderr } = await server.ssh('echo "$(pwd) $SHELL"; cat; exit 9', {
      user,
      input: 'piped',
    })
    expect({ stdout, status, stderr }).toEqual({
      stdout: '/ /opt/fargate-login/bin/sh\npiped',
      status: 9,
      stderr: '',
    })
    const terminal = await server.ssh('tty && ps | grep -c sshd', { user, options: ['-tt'] })
    expect(terminal.stdout).toMatch(/^\/dev\/pts\/\d+\r\n[1-9]/)

    const sent = join(keys.directory, 'sent')
    const received = join(keys.directory, 'received')
    writeFileSync(sent, Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251)))
    const copied = await server.sftp(`put ${sent} /dev/shm/f\nget /dev/shm/f ${received}\n`, { user })
    expect(copied.stderr).toBe('')
    expect(readFileSync(received).equals(readFileSync(sent))).toBe(true)
  })

  test.each([
    ['an empty image', 'copied'],
    ['an image without rsync, whose toolkit has lost its run bits', 'no-run-bits'],
  ])('is the other end of rsync, both ways, in %s', async (_, name) => {
    if (!client) return
    await using server = await startServer(client, keys, {
      image: await builtImage(client, directoryOf(name)),
    })
    const shell = ['ssh', ...sshArguments(server, keys, {})].join(' ')
    const [sent, received] = [join(keys.directory, `${name}-sent`), join(keys.directory, `${name}-received`)]
    mkdirSync(join(sent, 'empty'), { recursive: true })
    writeFileSync(join(sent, 'file'), Buffer.alloc(300_000, 'abc'), { mode: 0o640 })
    const remote = `root@${server.host}:/dev/shm/tree/`
    execFileSync('rsync', ['-a', '-e', shell, `${sent}/`, remote])
    execFileSync('rsync', ['-az', '-e', shell, remote, `${received}/`])
    expect(readFileSync(join(received, 'file')).equals(readFileSync(join(sent, 'file')))).toBe(true)
    expect(statSync(join(received, 'file')).mode & 0o777).toBe(0o640)
    expect(statSync(join(received, 'empty')).isDirectory()).toBe(true)
  })

  test.each([
    ['its own image', undefined, [], 'root', 'root'],
    ['an image without /etc/passwd', 'copied', [], 'root', 'root'],
    ['an image without /etc/passwd, as a uid', 'copied', ['--user', '1234'], 'uid1234', 'uid1234'],
    ['an image of Debian', 'no-run-bits', [], 'root', 'root'],
  ])('shows in sftp the names of those who own files, in %s', async (_, name, args, user, owner) => {
    if (!client) return
    const image = name === undefined ? {} : { image: await builtImage(client, directoryOf(name)) }
    await using server = await startServer(client, keys, { ...image, args: [...asIs, ...args] })
    expect((await server.ssh('touch /dev/shm/mine', { user })).status).toBe(0)
    const { stdout } = await server.sftp('ls -l /dev/shm/mine\nls -ld /opt/fargate-login\n', { user })
    expect(stdout).toMatch(new RegExp(`^-\\S+ +\\S+ +${owner} .* /dev/shm/mine$`, 'm'))
    expect(stdout).not.toContain('uid0')
  })

  test.each([
    ['all capabilities of a container', [], 65534],
    ['all but SYS_CHROOT', ['--cap-drop', 'SYS_CHROOT'], 65534],
    ['all but SETGID', ['--cap-drop', 'SETGID'], 0],
  ])('as root with %s, talks to strangers as nobody where it can', async (_, args, uid) => {
    if (!client) return
    await using server = await startServer(client, keys, { args })
    const stranger = createConnection(server.port, server.host).on('error', () => {})
    try {
      await once(stranger, 'data')
      // The process for strangers starts when they have said who they are, and proposes a key exchange.
      stranger.write('SSH-2.0-stranger\r\n')
      await once(stranger, 'data')
      const { stdout } = await server.ssh(
        "grep -l '^Name:.*sshd-auth' /proc/[0-9]*/status | xargs grep -h ^Uid:",
      )
      expect(stdout).toMatch(new RegExp(`^(Uid:(\\s+${uid}){4}\\n)+$`))
    } finally {
      stranger.destroy()
    }
  })

  test('goes on where its files have lost their run bits and links', async () => {
    if (!client) return
    const image = await builtImage(client, directoryOf('no-run-bits'))
    await using server = await startServer(client, keys, { image })
    expect((await server.ssh('echo in')).stdout).toBe('in\n')
  })

  test('says which keys it takes, when it is given one of a hardware key', async () => {
    if (!client) return
    const started = startServer(client, keys, { environment: { FARGATE_LOGIN_AUTHORIZED_KEY: HARDWARE_KEY } })
    await expect(started).rejects.toThrow(/is not a public key.*Ed25519, ECDSA and RSA keys, and no hardware/)
  })

  test('takes no OpenSSL configuration from the container', async () => {
    if (!client) return
    const environment = { OPENSSL_CONF: '/tmp/openssl.cnf', OPENSSL_MODULES: '/tmp' }
    // In the default configuration's place, too.
    const files = ['/tmp/openssl.cnf', '/opt/fargate-login/etc/openssl.cnf']
    const mounts = files.flatMap((file) => ['--volume', `${strictConfig()}:${file}:ro`])
    await using server = await startServer(client, keys, { environment, args: mounts })
    expect((await server.ssh('echo in')).stdout).toBe('in\n')
  })

  test('says in its first line which OpenSSH and OpenSSL of Debian it has', async () => {
    if (!client) return
    await using server = await startServer(client, keys)
    const [, openssl, openssh] = / openssl=(3\S+) openssh=1:(\S+)/.exec(server.log.lines[0] ?? '') ?? []
    const { stderr } = await server.ssh('/opt/fargate-login/libexec/sshd -V')
    // Upstream's version and Debian's: OpenSSH_10.0p2 Debian-7+deb13u4, OpenSSL 3.5.7 9 Jun 2026
    expect(stderr).toContain(` Debian-${openssh?.split('-').at(-1)}, OpenSSL ${openssl?.split('-')[0]} `)
  })

  test('brings the licences of what it consists of', async () => {
    if (!client) return
    await using server = await startServer(client, keys)
    const { stdout } = await server.ssh(
      'cd /opt/fargate-login/licences && head -n 5 openssl openssh busybox musl',
    )
    expect(stdout).toContain('Apache License')
    expect(stdout).toContain('This file is part of the OpenSSH software')
  })

  test('offers only algorithms against which ssh-audit has nothing', async () => {
    if (!client) return
    await using server = await startServer(client, keys)
    const audit = spawnSync('ssh-audit', ['-n', '-l', 'warn', '-p', `${server.port}`, server.host], {
      encoding: 'utf8',
    })
    // README.md of the image says why these stay.
    const explained = /\(kex\) ecdh-sha2-nistp\d+ .*elliptic curves|\(mac\) hmac-sha2-\d+ .*encrypt-and-MAC/
    // Rules of 2022, when sntrup761 was new.
    const unknown = /unknown algorithm|using unknown|sntrup761x25519-sha512@openssh.com .*experimental/
    const complaints = audit.stdout
      .split('\n')
      .filter((line) => /\[(warn|fail)\]/.test(line) && !unknown.test(line) && !explained.test(line))
    expect(complaints).toEqual([])
    // What it offers, so that an empty answer is no success.
    const all = spawnSync('ssh-audit', ['-n', '-p', `${server.port}`, server.host], { encoding: 'utf8' })
    expect(all.stdout).toContain('(kex) mlkem768x25519-sha256')
    expect(all.stdout).toContain('(key) ssh-ed25519')
  })
})

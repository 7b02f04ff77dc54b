import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ssh2 from 'ssh2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engineForTests } from '../helpers/container.ts'
import { type AnyKeyType, type ClientKey, KEY_TYPES, makeKey } from './helpers/key-types.ts'
import { makeKeys } from './helpers/keys.ts'
import { type Server, startServer } from './helpers/server.ts'

// The table "Which clients get in" of sshd-image/README.md. Those that need a compiler or a runtime of their own (libssh,
// Go, Ruby, Java) were tried by hand.

const client = await engineForTests()
const run = promisify(execFile)

const UNKNOWN_HOST = ['-F', 'none', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null']
const FIPS = [
  ['Ciphers', 'aes256-gcm@openssh.com'],
  ['KexAlgorithms', 'ecdh-sha2-nistp256'],
  ['MACs', 'hmac-sha2-256'],
  ['HostKeyAlgorithms', 'ecdsa-sha2-nistp256,rsa-sha2-256'],
  ['PubkeyAcceptedAlgorithms', 'ecdsa-sha2-nistp256,rsa-sha2-256'],
].flatMap(([name, value]) => ['-o', `${name}=${value}`])

const PARAMIKO = `
import paramiko, sys
client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect(sys.argv[1], int(sys.argv[2]), 'root', key_filename=sys.argv[3], look_for_keys=False, allow_agent=False)
sys.stdout.write(client.exec_command('echo in')[1].read().decode())
client.close()
`

describe.runIf(client)('the toolkit lets in', () => {
  const keys = makeKeys()
  const users = {} as Record<AnyKeyType, ClientKey>
  const servers = {} as Record<AnyKeyType, Server>

  beforeAll(async () => {
    if (!client) return
    for (const type of KEY_TYPES) users[type] = makeKey(keys, type)
    const authorized = KEY_TYPES.map((type) => users[type].publicKey).join('\n')
    await Promise.all(
      KEY_TYPES.map(async (type) => {
        servers[type] = await startServer(client, keys, {
          environment: {
            FARGATE_LOGIN_AUTHORIZED_KEY: authorized,
            FARGATE_LOGIN_HOST_KEY: makeKey(keys, type, `host-${type}`).privateKey,
          },
        })
      }),
    )
  })
  afterAll(async () => {
    await Promise.all(Object.values(servers).map((server) => server[Symbol.asyncDispose]()))
    keys[Symbol.dispose]()
  })

  /** The key of either side has each type once with each of the other's. */
  const pairs = KEY_TYPES.flatMap((host) => KEY_TYPES.map((user) => [host, user] as const))
  const withoutEd25519 = pairs.filter((pair) => !pair.includes('ed25519'))

  // Before 1.11, libssh2 knows RSA with SHA-1 only.
  const [, libssh2Minor] =
    / libssh2\/1\.(\d+)/.exec(execFileSync('curl', ['--version'], { encoding: 'utf8' })) ?? []
  const libssh2Pairs = Number(libssh2Minor) >= 11 ? pairs : pairs.filter((pair) => !pair.includes('rsa'))

  async function says(program: string, args: readonly string[]): Promise<string> {
    const going = run(program, args, { timeout: 60_000 })
    going.child.stdin?.end()
    return (await going).stdout
  }

  test.each(pairs)('OpenSSH, host key %s, user key %s', async (host, user) => {
    const { host: address, port } = servers[host]
    const args = [...UNKNOWN_HOST, '-i', users[user].file, '-o', 'IdentitiesOnly=yes', '-p', `${port}`]
    expect(await says('ssh', [...args, `root@${address}`, 'echo in'])).toBe('in\n')
  })

  test.each(withoutEd25519)(
    'an OpenSSH that keeps to FIPS 140, host key %s, user key %s',
    async (host, user) => {
      const { host: address, port } = servers[host]
      const args = [...UNKNOWN_HOST, ...FIPS, '-i', users[user].file, '-p', `${port}`]
      expect(await says('ssh', [...args, `root@${address}`, 'echo in'])).toBe('in\n')
    },
  )

  test.each(pairs)('PuTTY, host key %s, user key %s', async (host, user) => {
    const { host: address, port } = servers[host]
    const shown = execFileSync('ssh-keygen', ['-l', '-f', join(keys.directory, `host-${host}.pub`)])
    const fingerprint = shown.toString().split(' ')[1] ?? ''
    const args = ['-batch', '-hostkey', fingerprint, '-i', users[user].ppkFile, '-P', `${port}`]
    expect(await says('plink', [...args, `root@${address}`, 'echo in'])).toBe('in\n')
  })

  test.each(pairs)('dropbear, host key %s, user key %s', async (host, user) => {
    const { host: address, port } = servers[host]
    const args = ['-y', '-y', '-T', '-i', users[user].dropbearFile, '-p', `${port}`, `root@${address}`]
    expect(await says('dbclient', [...args, 'echo in'])).toBe('in\n')
  })

  test.each(pairs)('paramiko, host key %s, user key %s', async (host, user) => {
    const { host: address, port } = servers[host]
    expect(await says('/usr/bin/python3', ['-c', PARAMIKO, address, `${port}`, users[user].file])).toBe(
      'in\n',
    )
  })

  test.each(libssh2Pairs)('libssh2 (curl), host key %s, user key %s', async (host, user) => {
    const { host: address, port } = servers[host]
    const { file } = users[user]
    const args = ['-sS', '-k', '--key', file, '--pubkey', `${file}.pub`, '-u', 'root:']
    expect(await says('curl', [...args, `sftp://${address}:${port}/etc/hostname`])).not.toBe('')
  })

  test.each(pairs)('ssh2, host key %s, user key %s', async (host, user) => {
    const { host: address, port } = servers[host]
    const connection = new ssh2.Client()
    connection.connect({ host: address, port, username: 'root', privateKey: users[user].privateKey })
    await once(connection, 'ready')
    connection.end()
    await once(connection, 'close')
  })

  test('the client before this one: an RSA key of its own in a variable, and no host key', async () => {
    if (!client) return
    const file = join(keys.directory, 'id_rsa')
    execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', '', '-f', file])
    const publicKey = execFileSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' })
    await using server = await startServer(client, keys, {
      environment: { FARGATE_LOGIN_AUTHORIZED_KEY: publicKey, FARGATE_LOGIN_HOST_KEY: '' },
    })
    const args = [...UNKNOWN_HOST, '-i', file, '-p', `${server.port}`, `root@${server.host}`]
    expect(await says('ssh', [...args, 'echo in'])).toBe('in\n')
  })

  test.each([
    ['PEM', 'ecdsa', 'PEM'],
    ['PEM', 'rsa', 'PEM'],
    ['PKCS #8', 'ecdsa', 'PKCS8'],
    ['PKCS #8', 'rsa', 'PKCS8'],
  ] as const)('those who know its host key in %s form, of type %s', async (_, type, form) => {
    if (!client) return
    const host = makeKey(keys, type, `host-${form}-${type}`)
    execFileSync('ssh-keygen', ['-q', '-p', '-N', '', '-m', form, '-f', host.file], { stdio: 'ignore' })
    const privateKey = execFileSync('cat', [host.file], { encoding: 'utf8' })
    expect(privateKey).not.toContain('OPENSSH')
    await using server = await startServer(client, keys, {
      environment: { FARGATE_LOGIN_HOST_KEY: privateKey },
    })
    const shown = execFileSync('ssh-keygen', ['-l', '-f', `${host.file}.pub`], { encoding: 'utf8' })
    expect(server.log.lines[0]).toContain(`host-key=${shown.split(' ')[1]} (given)`)
  })
})

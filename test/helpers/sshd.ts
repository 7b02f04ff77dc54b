import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TcpRoute } from '../../cli/core/link/reach.ts'
import type { Connection, Keys, SshLogin } from '../../cli/session/ports/ssh.ts'
import { connect } from '../../cli/ssh/connect.ts'
import { dialTcp } from '../../cli/transports/tcp.ts'
import { freePort } from './free-port.ts'

/** A real OpenSSH server on loopback that knows the keys of one login, as a task's does. */
export interface Sshd extends AsyncDisposable {
  readonly port: number
  readonly pid: number
  /** Of its own files. */
  readonly directory: string
  readonly configFile: string
  readonly route: TcpRoute
  /** What a client needs to get in. */
  readonly login: SshLogin
  /** Resolves when sshd's log has a line that matches. */
  logged(pattern: RegExp): Promise<string>
}

/** @param config further sshd_config lines */
export async function startSshd(keys: Keys, config: readonly string[] = []): Promise<Sshd> {
  const directory = await mkdtemp(join(tmpdir(), 'fargate-login-sshd-'))
  const file = (name: string) => join(directory, name)
  const port = await freePort()
  await writeFile(file('host_key'), keys.host.privateKey, { mode: 0o600 })
  await writeFile(file('authorized_keys'), `${keys.user.publicKey}\n`, { mode: 0o600 })
  // sshd takes the first word on a matter.
  const lines = [
    ...config,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${file('host_key')}`,
    `AuthorizedKeysFile ${file('authorized_keys')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PermitRootLogin prohibit-password',
    'LogLevel VERBOSE',
  ]
  await writeFile(file('sshd_config'), `${lines.join('\n')}\n`)
  const sshd = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', file('sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const log: string[] = []
  const reader = createInterface({ input: sshd.stderr }).on('line', (line) => log.push(line))
  const logged = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const line = log.find((one) => pattern.test(one))
      if (line !== undefined) return line
      await Promise.race([
        once(reader, 'line'),
        once(reader, 'close').then(() => {
          throw new Error(`sshd ended; its log:\n${log.join('\n')}`)
        }),
      ])
    }
  }
  await logged(/listening on/)
  return {
    port,
    pid: sshd.pid ?? 0,
    directory,
    configFile: file('sshd_config'),
    route: { kind: 'tcp', host: '127.0.0.1', port, found: 'private' },
    login: {
      host: '127.0.0.1',
      user: userInfo().username,
      privateKey: keys.user.privateKey,
      userKey: keys.user.fingerprint,
      hostKey: { policy: 'verify', fingerprint: keys.host.fingerprint },
    },
    logged,
    async [Symbol.asyncDispose]() {
      sshd.kill()
      if (sshd.exitCode === null && sshd.signalCode === null) await once(sshd, 'exit')
      await rm(directory, { recursive: true })
    },
  }
}

/** Over TCP, as the flow does it. */
export async function connectTo(
  { route, login }: Pick<Sshd, 'route' | 'login'>,
  signal: AbortSignal = new AbortController().signal,
): Promise<Connection> {
  return await connect(await dialTcp(route, 5_000, signal), login, signal)
}

import type { Socket } from 'node:net'
import ssh2, { type ClientErrorExtensions } from 'ssh2'
import { FargateLoginError } from '../core/error.ts'
import { foreignWords } from '../core/text/foreign-words.ts'
import { settleOnce } from '../core/wait/settle.ts'
import type { ConnectAttempt, Connection } from '../session/ports.ts'
import { bannerUser, readBanner } from './banner.ts'
import { SshConnection } from './connection.ts'
import { fingerprint } from './openssh-key.ts'
import { openSocket } from './tcp.ts'

/** Milliseconds for key exchange and authentication. */
const HANDSHAKE_TIMEOUT = 20_000
/** A peer that misses three of these is gone, whatever TCP believes. */
const KEEPALIVE_INTERVAL = 5_000
const KEEPALIVE_COUNT = 3

const HANGS = 'An sshd that hangs looks like this: look at the log of the task, and start again.'

/** One attempt: TCP, banner, verified host key, authentication by the one-time key and nothing else. */
export async function connect(attempt: ConnectAttempt, signal: AbortSignal): Promise<Connection> {
  if (ssh2.utils.parseKey(attempt.privateKey) instanceof Error) throw damagedKey()
  const socket = await openSocket(attempt.address, attempt.tcpTimeout, signal)
  try {
    const banner = await readBanner(socket, signal)
    // The banner is part of the signed key exchange: a forged user name fails the host key's signature.
    const user = attempt.ssh.user ?? bannerUser(banner) ?? 'root'
    const client = await shakeHands(attempt, user, socket, signal).catch((error: unknown) => {
      throw error === signal.reason ? stuck(attempt.address.host, error) : error
    })
    return new SshConnection(client, user, banner)
  } catch (error) {
    socket.on('error', () => {}).destroy()
    throw error
  }
}

function shakeHands(
  { ssh, privateKey, address }: ConnectAttempt,
  user: string,
  socket: Socket,
  signal: AbortSignal,
): Promise<ssh2.Client> {
  return settleOnce(signal, ({ resolve, reject, afterwards }) => {
    const client = new ssh2.Client()
    let shown: string | undefined
    const explain = (error: Error & ClientErrorExtensions) => {
      if (ssh.hostKey.policy === 'verify' && shown !== undefined && shown !== ssh.hostKey.fingerprint) {
        return hostKeyMismatch(address.host, ssh.hostKey.fingerprint, shown)
      }
      if (error.level === 'client-authentication') return refusedKey(user, address.host, ssh.key)
      return dropped(error.message, error)
    }
    const dropped = (why: string, cause?: Error) =>
      new FargateLoginError(
        'connection-lost',
        `The SSH handshake with ${address.host} failed: ${foreignWords(why)}.`,
        {
          cause,
          hint: 'Is the peer the paired image, or another SSH server that supports current algorithms?',
        },
      )

    client.once('ready', () => resolve(client))
    client.once('error', (error) => reject(explain(error)))
    client.once('close', () => reject(dropped('the server closed the connection')))
    // ssh2 goes on to report a dying connection; whoever still listens knows by other means.
    afterwards(() => client.removeAllListeners().on('error', () => {}))
    client.connect({
      sock: socket,
      username: user,
      privateKey,
      authHandler: ['publickey'],
      hostVerifier: (key: Buffer) => {
        shown = fingerprint(key)
        return ssh.hostKey.policy === 'accept' || shown === ssh.hostKey.fingerprint
      },
      // By far the fastest cipher that both ends have in hardware.
      algorithms: { cipher: { prepend: ['aes128-gcm@openssh.com'], append: [], remove: [] } },
      readyTimeout: HANDSHAKE_TIMEOUT,
      keepaliveInterval: KEEPALIVE_INTERVAL,
      keepaliveCountMax: KEEPALIVE_COUNT,
    })
  })
}

/** One that was kept in a file may be. */
function damagedKey(): FargateLoginError {
  return new FargateLoginError('authentication-failed', 'The private key of the session is damaged.', {
    hint: 'Nobody comes back to that session without it. End it: fargate-login stop',
  })
}

function stuck(host: string, cause: unknown): FargateLoginError {
  return new FargateLoginError('connection-silent', `${host} greets as an SSH server, and goes no further.`, {
    hint: HANGS,
    cause,
  })
}

function hostKeyMismatch(host: string, expected: string, shown: string): FargateLoginError {
  return new FargateLoginError(
    'host-key-mismatch',
    `${host} is not the task: its host key is ${shown}, the task's is ${expected}.`,
    {
      hint:
        'Somebody else answers at this address, or the image does not take FARGATE_LOGIN_HOST_KEY (docs/image.md). ' +
        'Or another container of the task listens on that port itself (--keep-sidecars): choose another with --port. ' +
        'For a foreign image on a network that you trust: --host-key accept',
    },
  )
}

function refusedKey(user: string, host: string, key: string): FargateLoginError {
  return new FargateLoginError(
    'authentication-failed',
    `sshd at ${host} refuses the one-time key ${key} for user ${user}.`,
    {
      hint:
        'Is that the user of the container (--user), and does the image read the key from the variable of ' +
        '--key-env? Its log says what it saw.',
    },
  )
}

import type { Duplex } from 'node:stream'
import ssh2, { type ClientErrorExtensions } from 'ssh2'
import { foreignWords } from '../core/text/foreign-words.ts'
import { settleOnce } from '../core/wait/settle.ts'
import type { Connection, SshLogin } from '../session/ports/ssh.ts'
import { bannerUser, readBanner } from './banner.ts'
import { ciphers } from './ciphers.ts'
import { type Handshake, SshConnection } from './connection.ts'
import { handshakeFailed, hostKeyMismatch, refusedLogin, stuck } from './login-errors.ts'
import { fingerprint } from './openssh-key.ts'

/** For key exchange and authentication. */
const HANDSHAKE_TIMEOUT_MS = 20_000
/** A server that misses three of these is gone, whatever TCP believes. */
const KEEPALIVE_INTERVAL_MS = 5_000
const KEEPALIVE_COUNT = 3

export interface Login extends SshLogin {
  /** Of the user's own agent. */
  readonly agentSocket?: string | undefined
}

/** Opens SSH over connected bytes: banner, verified host key, and authentication with the one-time key only. */
export async function connect(bytes: Duplex, login: Login, signal: AbortSignal): Promise<Connection> {
  try {
    const banner = await readBanner(bytes, login.host, signal)
    // The banner is part of the signed key exchange: a forged user name fails the host key's signature.
    const owner = bannerUser(banner)
    const isNamed = (login.user ?? owner) !== undefined
    const user = login.user ?? owner ?? 'root'
    const { client, facts } = await shakeHands(bytes, { ...login, user, owner, isNamed }, signal).catch(
      (error: unknown) => {
        throw error === signal.reason ? stuck(login.host, error) : error
      },
    )
    return new SshConnection(client, { ...facts, user, banner })
  } catch (error) {
    bytes.on('error', () => {}).destroy()
    throw error
  }
}

interface FullLogin extends Login {
  readonly user: string
  /** The container's user, if the banner names it. */
  readonly owner: string | undefined
  /** Whether the command line or the image named the user. */
  readonly isNamed: boolean
}

function shakeHands(
  bytes: Duplex,
  login: FullLogin,
  signal: AbortSignal,
): Promise<{ readonly client: ssh2.Client; readonly facts: Pick<Handshake, 'key' | 'cipher'> }> {
  const { host, hostKey } = login
  return settleOnce(signal, ({ resolve, reject, afterwards }) => {
    const client = new ssh2.Client()
    let key: Buffer = Buffer.alloc(0)
    let cipher = ''
    let shown: string | undefined
    const explain = (error: Error & ClientErrorExtensions) => {
      if (hostKey.policy === 'verify' && shown !== undefined && shown !== hostKey.fingerprint) {
        return hostKeyMismatch(host, hostKey.fingerprint, shown)
      }
      if (error.level === 'client-authentication') return refusedLogin(login)
      return handshakeFailed(host, foreignWords(error.message), error)
    }
    client.once('ready', () => resolve({ client, facts: { key, cipher } }))
    client.once('handshake', ({ sc }) => {
      cipher = sc.cipher
    })
    client.once('error', (error) => reject(explain(error)))
    client.once('close', () => reject(handshakeFailed(host, 'the server closed the connection')))
    // ssh2 still reports errors of a dying connection. From here on, others watch the client.
    afterwards(() => client.removeAllListeners().on('error', () => {}))
    client.connect({
      sock: bytes,
      username: login.user,
      privateKey: login.privateKey,
      authHandler: ['publickey'],
      ...(login.forwardAgent && login.agentSocket && { agent: login.agentSocket, agentForward: true }),
      hostVerifier: (given: Buffer) => {
        key = given
        shown = fingerprint(given)
        return hostKey.policy === 'accept' || shown === hostKey.fingerprint
      },
      algorithms: { cipher: ciphers() },
      readyTimeout: HANDSHAKE_TIMEOUT_MS,
      keepaliveInterval: KEEPALIVE_INTERVAL_MS,
      keepaliveCountMax: KEEPALIVE_COUNT,
    })
  })
}

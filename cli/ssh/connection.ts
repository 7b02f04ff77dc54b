import type { Duplex } from 'node:stream'
import type { Client } from 'ssh2'
import type { Endpoint } from '../core/link/endpoint.ts'
import type { Program } from '../core/link/program.ts'
import type { Sftp } from '../session/ports/sftp.ts'
import type { Channel, Connection, Feature, Listener } from '../session/ports/ssh.ts'
import { bannerFeatures } from './banner.ts'
import { openChannel } from './channel.ts'
import { dial } from './forward/dial.ts'
import { Listeners } from './forward/listeners.ts'
import { publicKeyText } from './openssh-key.ts'
import { connectionLost } from './peer.ts'
import { openSftp } from './sftp/open-sftp.ts'

/** How long a polite goodbye may take. */
const GOODBYE_MS = 500

/** What is known once the client has logged in. */
export interface Handshake {
  readonly user: string
  /** The server's identification. */
  readonly banner: string
  /** The server's verified key, as RFC 4253 encodes it. */
  readonly key: Buffer
  /** Of the bytes from the server. */
  readonly cipher: string
}

export class SshConnection implements Connection {
  readonly user: string
  readonly hostKey: string
  readonly cipher: string
  readonly features: ReadonlySet<Feature>
  readonly lost: AbortSignal
  readonly #client: Client
  readonly #openSsh: boolean
  readonly #closed: Promise<void>
  readonly #listeners: Listeners

  constructor(client: Client, { user, banner, key, cipher }: Handshake) {
    this.user = user
    this.cipher = cipher
    this.hostKey = publicKeyText(key)
    this.features = bannerFeatures(banner)
    this.#client = client
    this.#openSsh = banner.includes('OpenSSH')
    this.#listeners = new Listeners(client)
    const lost = new AbortController()
    this.lost = lost.signal
    let failure: Error | undefined
    client.on('error', (error) => {
      failure = error
    })
    this.#closed = new Promise((resolve) => {
      client.once('close', () => {
        lost.abort(connectionLost(failure))
        resolve()
      })
    })
  }

  open(program: Program, signal: AbortSignal): Promise<Channel> {
    return openChannel(this.#peer, program, signal)
  }

  openSftp(environment: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Sftp> {
    return openSftp(this.#peer, environment, signal)
  }

  dial(to: Endpoint, signal: AbortSignal): Promise<Duplex> {
    return dial(this.#peer, to, signal)
  }

  listen(at: Endpoint, accept: (bytes: Duplex) => void, signal: AbortSignal): Promise<Listener> {
    return this.#listeners.listen(at, accept, AbortSignal.any([signal, this.lost]))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.end()
    let timer: NodeJS.Timeout | undefined
    const timeUp = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GOODBYE_MS)
    })
    await Promise.race([this.#closed, timeUp])
    clearTimeout(timer)
    this.#client.destroy()
  }

  get #peer() {
    return { client: this.#client, openSsh: this.#openSsh, lost: this.lost }
  }
}

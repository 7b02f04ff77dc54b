import type { Client } from 'ssh2'
import type { RemoteExit } from '../core/exit-status.ts'
import type { RemoteRequest } from '../core/plan/remote-request.ts'
import type { Connection, Terminal } from '../session/ports.ts'
import { bannerFeatures } from './banner.ts'
import { runChannel } from './channel.ts'

/** Milliseconds for a polite goodbye. */
const GOODBYE = 500

export class SshConnection implements Connection {
  readonly user: string
  readonly features: ReadonlySet<string>
  readonly #client: Client
  readonly #openSsh: boolean
  readonly #closed: Promise<void>
  #failure: Error | undefined

  /** @param banner the server's identification */
  constructor(client: Client, user: string, banner: string) {
    this.user = user
    this.features = bannerFeatures(banner)
    this.#client = client
    this.#openSsh = banner.includes('OpenSSH')
    this.#closed = new Promise((resolve) => client.once('close', () => resolve()))
    client.on('error', (error) => {
      this.#failure = error
    })
  }

  run(
    request: RemoteRequest,
    terminal: Terminal,
    signal: AbortSignal,
    onOutput: (bytes: number) => void = () => {},
  ): Promise<RemoteExit> {
    const whyLost = () => this.#failure?.message
    const peer = { client: this.#client, openSsh: this.#openSsh, whyLost, onOutput }
    return runChannel(peer, request, terminal, signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.end()
    let timer: NodeJS.Timeout | undefined
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GOODBYE)
    })
    await Promise.race([this.#closed, enough])
    clearTimeout(timer)
    this.#client.destroy()
  }
}

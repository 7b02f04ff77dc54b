import type { Client } from 'ssh2'
import type { RemoteExit } from '../core/exit-status.ts'
import type { RemoteRequest } from '../core/remote-request.ts'
import type { Connection, Terminal } from '../session/ports.ts'
import { runChannel } from './channel.ts'

/** Milliseconds for a polite goodbye. */
const GOODBYE = 500

export class SshConnection implements Connection {
  readonly user: string
  readonly #client: Client
  readonly #openSsh: boolean
  #failure: Error | undefined

  /** @param banner the server's identification */
  constructor(client: Client, user: string, banner: string) {
    this.user = user
    this.#client = client
    this.#openSsh = banner.includes('OpenSSH')
    client.on('error', (error) => {
      this.#failure = error
    })
  }

  run(request: RemoteRequest, terminal: Terminal, signal: AbortSignal): Promise<RemoteExit> {
    const whyLost = () => this.#failure?.message
    return runChannel({ client: this.#client, openSsh: this.#openSsh, whyLost }, request, terminal, signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#client.once('close', () => resolve())
      setTimeout(resolve, GOODBYE).unref()
    })
    this.#client.end()
    await closed
    this.#client.destroy()
  }
}

import type { Duplex } from 'node:stream'
import type { Client } from 'ssh2'
import { type Endpoint, endpointText } from '../../core/link/endpoint.ts'
import { settleOnce } from '../../core/wait/settle.ts'
import type { Listener } from '../../session/ports/ssh.ts'
import { forwardRefused } from './dial.ts'

type Accept = (bytes: Duplex) => void

/** The server's listeners for us (RFC 4254, 7.1; `streamlocal-forward@openssh.com`), each with its callback. */
export class Listeners {
  readonly #client: Client
  readonly #accepts = new Map<string, Accept>()

  constructor(client: Client) {
    this.#client = client
    const onConnection = (at: Endpoint, accept: () => Duplex, reject: () => void) => {
      const handle = this.#accepts.get(endpointText(at))
      if (handle) handle(accept())
      else reject()
    }
    client.on('tcp connection', ({ destIP, destPort }, accept, reject) =>
      onConnection({ host: destIP, port: destPort }, accept, reject),
    )
    client.on('unix connection', ({ socketPath }, accept, reject) =>
      onConnection({ path: socketPath }, accept, reject),
    )
  }

  async listen(wanted: Endpoint, accept: Accept, signal: AbortSignal): Promise<Listener> {
    const at = await this.#bind(wanted, accept, signal)
    return {
      at,
      [Symbol.asyncDispose]: async () => {
        this.#accepts.delete(endpointText(at))
        await this.#unbind(at, signal)
      },
    }
  }

  #bind(wanted: Endpoint, accept: Accept, signal: AbortSignal): Promise<Endpoint> {
    return settleOnce<Endpoint>(signal, ({ resolve, reject, afterwards }) => {
      let isWanted = true
      afterwards(() => {
        isWanted = false
      })
      const onAnswer = (error: Error | null | undefined, at: Endpoint) => {
        if (error) return reject(forwardRefused(`The task does not listen on ${endpointText(wanted)}`, error))
        // Right now, because the first connection may arrive with the answer.
        if (isWanted) this.#accepts.set(endpointText(at), accept)
        resolve(at)
      }
      if ('path' in wanted) {
        this.#client.openssh_forwardInStreamLocal(wanted.path, (error) => onAnswer(error, wanted))
      } else {
        const { host, port } = wanted
        this.#client.forwardIn(host, port, (error, chosen) => onAnswer(error, { host, port: port || chosen }))
      }
    })
  }

  /** If the connection is gone, the listener is gone as well. */
  #unbind(at: Endpoint, signal: AbortSignal): Promise<void> {
    return settleOnce<void>(signal, ({ resolve }) => {
      if ('path' in at) this.#client.openssh_unforwardInStreamLocal(at.path, () => resolve())
      else this.#client.unforwardIn(at.host, at.port, () => resolve())
    }).catch(() => {})
  }
}

import type { Duplex } from 'node:stream'
import { hasCode } from '../../core/error.ts'
import { type Forward, forwardText, type RemoteForward } from '../../core/forward/forward.ts'
import type { Endpoint } from '../../core/link/endpoint.ts'
import type { Backoff } from '../../core/wait/backoff.ts'
import { retry } from '../../core/wait/retry.ts'
import type { Link } from '../link/link.ts'
import type { Ports } from '../ports/ports.ts'
import type { Connection, Listener } from '../ports/ssh.ts'
import { carry, errorText } from './carry.ts'

/** After a reconnect, sshd may hold the old listener until it notices that the old connection is gone. */
const LISTEN_AGAIN: Backoff = { first: 500, most: 5_000, factor: 1.5 }
const LISTEN_AGAIN_TRIES = 20

export type ForwardPorts = Pick<Ports, 'sockets' | 'reporter' | 'clock'>

/**
 * The forwards of a session. They listen here before the task is started, so that a port in use costs nothing. Clients
 * wait until there is a link, and while it is being reopened.
 */
export class Forwards implements AsyncDisposable {
  readonly #ports: ForwardPorts
  readonly #open: Forward[]
  readonly #end = new AbortController()
  readonly #listeners: Listener[] = []
  readonly #streams = new Set<Duplex>()
  readonly #link: Promise<Link>
  #setLink: (link: Link) => void = () => {}

  private constructor(wanted: readonly Forward[], ports: ForwardPorts) {
    this.#open = [...wanted]
    this.#ports = ports
    this.#link = new Promise((resolve) => {
      this.#setLink = resolve
    })
  }

  /** @throws FargateLoginError `forward-refused` if a port or socket of this machine is not free */
  static async listen(wanted: readonly Forward[], ports: ForwardPorts): Promise<Forwards> {
    const forwards = new Forwards(wanted, ports)
    try {
      for (const at of wanted.keys()) await forwards.#listenHere(at)
      return forwards
    } catch (error) {
      await forwards[Symbol.asyncDispose]()
      throw error
    }
  }

  /** The forwards in the order in which they were asked for, with the ports that were chosen. */
  get open(): readonly Forward[] {
    return this.#open
  }

  /**
   * Makes the task listen as well, and lets the waiting clients through.
   * @throws FargateLoginError `forward-refused`
   */
  async use(link: Link, signal: AbortSignal): Promise<void> {
    for (const [at, forward] of this.#open.entries()) {
      if (forward.side !== 'remote') continue
      const listener = await this.#listenInTask(at, forward, link.connection, signal)
      this.#open[at] = { ...forward, listen: listener.at }
    }
    link.onReopen((connection) => void this.#listenAgain(connection))
    this.#setLink(link)
    for (const forward of this.#open) {
      this.#ports.reporter.done('session', `Forwarding ${forwardText(forward)}`)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort()
    for (const listener of this.#listeners) await listener[Symbol.asyncDispose]()
    for (const stream of this.#streams) stream.destroy()
  }

  async #listenHere(at: number): Promise<void> {
    const forward = this.#open[at]
    if (forward?.side !== 'local') return
    const dial = (to: Endpoint, signal: AbortSignal) => this.#dialFromTask(to, signal)
    const accept = (bytes: Duplex) => this.#carry(this.#open[at] ?? forward, bytes, dial)
    const listener = await this.#ports.sockets.listen(forward.listen, accept)
    this.#listeners.push(listener)
    this.#open[at] = { ...forward, listen: listener.at }
  }

  #listenInTask(
    at: number,
    forward: RemoteForward,
    connection: Connection,
    signal: AbortSignal,
  ): Promise<Listener> {
    const { sockets } = this.#ports
    const accept = (bytes: Duplex) => this.#carry(this.#open[at] ?? forward, bytes, sockets.dial)
    return connection.listen(forward.listen, accept, signal)
  }

  async #listenAgain(connection: Connection): Promise<void> {
    const { clock, reporter } = this.#ports
    const signal = AbortSignal.any([this.#end.signal, connection.lost])
    for (const [at, forward] of this.#open.entries()) {
      if (forward.side !== 'remote') continue
      const again = {
        backoff: LISTEN_AGAIN,
        tries: LISTEN_AGAIN_TRIES,
        mayPass: (error: unknown) => hasCode(error, 'forward-refused'),
        clock,
        signal,
      }
      try {
        await retry(() => this.#listenInTask(at, forward, connection, signal), again)
      } catch (error) {
        if (!signal.aborted) {
          reporter.warn(`Forward ${forwardText(forward)} did not come back: ${errorText(error)}`)
        }
      }
    }
  }

  /** Connects from the task. While the link is being reopened, the client waits. */
  async #dialFromTask(to: Endpoint, signal: AbortSignal): Promise<Duplex> {
    const link = await this.#link
    for (;;) {
      const connection = await link.whenOpen(signal)
      try {
        return await connection.dial(to, signal)
      } catch (error) {
        if (!hasCode(error, 'connection-lost')) throw error
      }
    }
  }

  #carry(
    forward: Forward,
    bytes: Duplex,
    dial: (to: Endpoint, signal: AbortSignal) => Promise<Duplex>,
  ): Promise<void> {
    const keep = (stream: Duplex) => {
      this.#streams.add(stream)
      stream.on('error', () => {}).once('close', () => this.#streams.delete(stream))
    }
    const { reporter } = this.#ports
    return carry({ forward, bytes, dial, keep, reporter, signal: this.#end.signal })
  }
}

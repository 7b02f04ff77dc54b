import { FargateLoginError } from '../../core/error.ts'
import { settleOnce } from '../../core/wait/settle.ts'
import type { Connection } from '../ports/ssh.ts'
import { startTimeLimit } from '../time-limit.ts'
import {
  type ConnectPorts,
  openConnection,
  reopenConnection,
  type Target,
  type Wait,
} from './open-connection.ts'

/** The connection to the task. It can be reopened, to the same host key, after it breaks. */
export class Link implements AsyncDisposable {
  readonly target: Target
  #connection: Connection
  readonly #onReopen = new Set<(connection: Connection) => void>()
  readonly #ports: ConnectPorts

  private constructor(connection: Connection, target: Target, ports: ConnectPorts) {
    this.#connection = connection
    this.target = target
    this.#ports = ports
  }

  static async open(target: Target, ports: ConnectPorts, signal: AbortSignal, wait?: Wait): Promise<Link> {
    return new Link(await openConnection(target, ports, signal, wait), target, ports)
  }

  get connection(): Connection {
    return this.#connection
  }

  /**
   * The connection, or the next one if it is being reopened.
   * @throws the signal's reason
   */
  async whenOpen(signal: AbortSignal): Promise<Connection> {
    if (!this.#connection.lost.aborted) return this.#connection
    return await settleOnce(signal, ({ resolve, afterwards }) => afterwards(this.onReopen(resolve)))
  }

  /** @returns a function that stops listening */
  onReopen(listener: (connection: Connection) => void): () => void {
    this.#onReopen.add(listener)
    return () => this.#onReopen.delete(listener)
  }

  /**
   * @param seconds how long to try
   * @throws FargateLoginError `connection-lost` when the time is up, the signal's reason, or an error that no retry
   * cures
   */
  async reopen(seconds: number, signal: AbortSignal): Promise<void> {
    await this.#connection[Symbol.asyncDispose]()
    using limit = startTimeLimit(seconds, signal)
    try {
      const shown = { seconds, since: this.#ports.clock.now() }
      this.#connection = await reopenConnection(this.target, this.#ports, limit.signal, shown)
      for (const listener of this.#onReopen) listener(this.#connection)
    } catch (error) {
      if (signal.aborted || !limit.signal.aborted) throw error
      const { message } = error as Error
      throw new FargateLoginError(
        'connection-lost',
        `Lost the connection to the task, and could not reconnect within ${seconds} s: ${message}`,
        { hint: 'To keep trying longer, use --reconnect SECONDS.', cause: error },
      )
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]()
  }
}

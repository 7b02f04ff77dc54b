import { FargateLoginError } from '../../core/error.ts'
import type { Address } from '../../core/link/address.ts'
import type { Connection, Ports } from '../ports.ts'
import { startTimeLimit } from '../time-limit.ts'
import { openConnection, type Reach } from './connection.ts'

/** The connection to the task, which can be opened again, to the same host key, when it broke. */
export class Link implements AsyncDisposable {
  #connection: Connection
  readonly #open: (signal: AbortSignal, again?: boolean) => Promise<Connection>

  private constructor(
    connection: Connection,
    open: (signal: AbortSignal, again?: boolean) => Promise<Connection>,
  ) {
    this.#connection = connection
    this.#open = open
  }

  static async open(address: Address, reach: Reach, ports: Ports, signal: AbortSignal): Promise<Link> {
    const open = (signal: AbortSignal, again = false) =>
      openConnection(address, { ...reach, again }, ports, signal)
    return new Link(await open(signal), open)
  }

  get connection(): Connection {
    return this.#connection
  }

  /**
   * @param seconds how long to try
   * @throws FargateLoginError `connection-lost` when the time is over, the signal's reason, or what no trying mends
   */
  async reopen(seconds: number, signal: AbortSignal): Promise<void> {
    await this.#connection[Symbol.asyncDispose]()
    using limit = startTimeLimit(seconds, signal)
    try {
      this.#connection = await this.#open(limit.signal, true)
    } catch (error) {
      if (signal.aborted || !limit.signal.aborted) throw error
      const { message } = error as Error
      throw new FargateLoginError(
        'connection-lost',
        `The connection to the task is lost, and did not come back within ${seconds} s: ${message}`,
        {
          hint: 'The task is stopped now, and with it ends what ran there. --reconnect SECONDS waits longer.',
          cause: error,
        },
      )
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]()
  }
}

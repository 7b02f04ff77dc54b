import type { Duplex } from 'node:stream'
import type { Endpoint } from '../../core/link/endpoint.ts'
import type { Listener } from './ssh.ts'

/** This machine's own TCP ports and sockets. Both ends of a stream close independently. */
export interface Sockets {
  /**
   * Listens until the listener is disposed of.
   * @throws FargateLoginError `forward-refused`
   */
  listen(at: Endpoint, accept: (bytes: Duplex) => void): Promise<Listener>
  /** @throws FargateLoginError `forward-refused` */
  dial(to: Endpoint, signal: AbortSignal): Promise<Duplex>
}

import { connect, type Socket } from 'node:net'
import type { Address } from '../core/address.ts'
import { FargateLoginError } from '../core/error.ts'

// The host is there and says no; a load balancer or proxy in front of it drops us at once.
const REFUSED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/**
 * @param timeout milliseconds for the handshake
 * @throws FargateLoginError `connection-refused` (somebody said no) or `connection-silent` (nobody said anything)
 */
export function openSocket(address: Address, timeout: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { host, port } = address
    const socket = connect({ host, port, noDelay: true })
    const timer = setTimeout(
      () => fail(new FargateLoginError('connection-silent', `${host}:${port} does not answer.`)),
      timeout,
    )
    const release = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.removeListener('error', onError)
    }
    const fail = (reason: unknown) => {
      release()
      socket.on('error', () => {}).destroy()
      reject(reason)
    }
    const onAbort = () => fail(signal.reason)
    const onError = (error: NodeJS.ErrnoException) => fail(explain(error, address))
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort)
    socket.once('error', onError).once('connect', () => {
      release()
      resolve(socket)
    })
  })
}

function explain(error: NodeJS.ErrnoException, { host, port }: Address): FargateLoginError {
  return REFUSED.has(error.code ?? '')
    ? new FargateLoginError('connection-refused', `${host}:${port} refuses the connection.`, { cause: error })
    : new FargateLoginError('connection-silent', `${host}:${port} cannot be reached: ${error.message}.`, {
        cause: error,
      })
}

import { connect, type Socket } from 'node:net'
import { FargateLoginError } from '../core/error.ts'
import type { Address } from '../core/link/address.ts'
import { settleOnce } from '../core/wait/settle.ts'

// The host is there and says no; a load balancer or proxy in front of it drops us at once.
const REFUSED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/**
 * @param timeout milliseconds for the handshake
 * @throws FargateLoginError `connection-refused` (somebody said no) or `connection-silent` (nobody said anything)
 */
export function openSocket(address: Address, timeout: number, signal: AbortSignal): Promise<Socket> {
  const { host, port } = address
  return settleOnce(signal, ({ resolve, reject, afterwards }) => {
    const socket = connect({ host, port, noDelay: true })
    const onTimeout = () =>
      reject(new FargateLoginError('connection-silent', `${host}:${port} does not answer.`))
    const timer = setTimeout(onTimeout, timeout)
    const onError = (error: NodeJS.ErrnoException) => reject(explain(error, address))
    socket.once('error', onError).once('connect', () => resolve(socket))
    afterwards(() => {
      clearTimeout(timer)
      socket.off('error', onError)
      if (socket.connecting) socket.on('error', () => {}).destroy()
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

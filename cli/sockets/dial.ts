import { connect, type Socket } from 'node:net'
import { FargateLoginError } from '../core/error.ts'
import { type Endpoint, endpointText } from '../core/link/endpoint.ts'
import { settleOnce } from '../core/wait/settle.ts'

/** Connects from this machine. */
export function dial(to: Endpoint, signal: AbortSignal): Promise<Socket> {
  return settleOnce(signal, ({ resolve, reject, afterwards }) => {
    const socket = connect({ ...to, allowHalfOpen: true, noDelay: true })
    const onError = (error: NodeJS.ErrnoException) => reject(cannotConnect(to, error))
    socket.once('error', onError).once('connect', () => resolve(socket))
    afterwards(() => {
      socket.off('error', onError)
      if (socket.connecting) socket.on('error', () => {}).destroy()
    })
  })
}

function cannotConnect(to: Endpoint, cause: NodeJS.ErrnoException): FargateLoginError {
  const fact = `This machine cannot connect to ${endpointText(to)}: ${cause.code ?? cause.message}.`
  return new FargateLoginError('forward-refused', fact, {
    hint: 'Check that something listens there.',
    cause,
  })
}

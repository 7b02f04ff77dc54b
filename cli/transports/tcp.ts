import { connect, type Socket } from 'node:net'
import { FargateLoginError } from '../core/error.ts'
import { routeText, type TcpRoute } from '../core/link/reach.ts'
import { settleOnce } from '../core/wait/settle.ts'

// The host refuses, or a load balancer or proxy in front of it drops us at once.
const REFUSED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/**
 * @param timeoutMs for the handshake
 * @throws FargateLoginError `connection-refused` (an answer refused it) or `connection-silent` (no answer)
 */
export function dialTcp(route: TcpRoute, timeoutMs: number, signal: AbortSignal): Promise<Socket> {
  const { host, port } = route
  return settleOnce(signal, ({ resolve, reject, afterwards }) => {
    const socket = connect({ host, port, noDelay: true })
    const onTimeout = () => reject(silent(route, 'does not answer'))
    const timer = setTimeout(onTimeout, timeoutMs)
    const onError = (error: NodeJS.ErrnoException) => reject(explain(error, route))
    socket.once('error', onError).once('connect', () => resolve(socket))
    afterwards(() => {
      clearTimeout(timer)
      socket.off('error', onError)
      if (socket.connecting) socket.on('error', () => {}).destroy()
    })
  })
}

function explain(error: NodeJS.ErrnoException, route: TcpRoute): FargateLoginError {
  return REFUSED.has(error.code ?? '')
    ? new FargateLoginError('connection-refused', `${routeText(route)} refuses the connection.`, {
        cause: error,
      })
    : silent(route, `cannot be reached: ${error.message}`, error)
}

function silent(route: TcpRoute, does: string, cause?: Error): FargateLoginError {
  const { port, found, securityGroups } = route
  const groups = securityGroups?.join(', ')
  const advice =
    found === 'public'
      ? 'Check that the subnet is public.'
      : 'A private address needs a VPN or peering; otherwise use --public-ip with --address public.'
  return new FargateLoginError('connection-silent', `${routeText(route)} ${does}.`, {
    hint:
      `Packets are being dropped. The security group${groups ? ` (${groups})` : ''} must allow TCP ` +
      `${port} from your address. ${advice}`,
    cause,
  })
}

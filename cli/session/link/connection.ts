import { type ErrorCode, FargateLoginError } from '../../core/error.ts'
import type { Address } from '../../core/link/address.ts'
import type { Plan } from '../../core/plan/plan.ts'
import { type Backoff, backoffDelay } from '../../core/wait/backoff.ts'
import type { ConnectAttempt, Connection, Keys, Ports } from '../ports.ts'
import { isTimeOut } from '../time-limit.ts'

const BETWEEN: Backoff = { first: 100, most: 1_000, factor: 1.5 }
/** A dropped SYN tells nothing, so early attempts are short; later ones allow for a slow path. */
const TCP_TIMEOUT: Backoff = { first: 2_000, most: 10_000, factor: 1.3 }
/** A server that greets and then drops us is not starting any more. */
const DROPS = 5

const NOT_UP_YET: readonly ErrorCode[] = ['connection-refused', 'connection-silent']
/** Its server has been there: what drops us now, or speaks for it, is a network that changes, or a captive portal. */
const NOT_BACK_YET: readonly ErrorCode[] = [...NOT_UP_YET, 'connection-lost', 'not-ssh']

/** What a connection needs to know of its task, besides the address. */
export interface Reach extends Pick<ConnectAttempt, 'ssh' | 'privateKey'> {
  readonly container: string
  readonly securityGroups?: readonly string[]
  /** It has been open, and broke. */
  readonly again?: boolean
}

export function reachOf({ ssh, container, runTask }: Plan, keys: Keys): Reach {
  const groups = runTask.networkConfiguration?.awsvpcConfiguration.securityGroups
  return { ssh, privateKey: keys.user.privateKey, container, ...(groups && { securityGroups: groups }) }
}

/**
 * Tries until sshd answers, from the moment the address is known: RUNNING comes later than sshd.
 * Each attempt that gets a banner goes on to be the connection, so the server never sees an empty knock.
 */
export async function openConnection(
  address: Address,
  reach: Reach,
  ports: Ports,
  signal: AbortSignal,
): Promise<Connection> {
  const { ssh, reporter, clock } = ports
  const passing = reach.again ? NOT_BACK_YET : NOT_UP_YET
  reporter.step('connection', `${address.host}:${address.port}`)
  let last: FargateLoginError | undefined
  let drops = 0
  try {
    for (let attempt = 0; ; attempt++) {
      const tcpTimeout = backoffDelay(TCP_TIMEOUT, attempt, 0.5)
      try {
        const connection = await ssh.connect({ address, ...reach, tcpTimeout }, signal)
        reporter.done('connection', describe(connection, address, reach))
        return connection
      } catch (error) {
        if (!(error instanceof FargateLoginError)) throw error
        if (signal.aborted) {
          // The end of the time in an attempt that hangs tells more than how an earlier one was refused.
          if (error !== signal.reason) last = error
          throw signal.reason
        }
        const dropped = error.code === 'connection-lost' && ++drops < DROPS
        if (!dropped && !passing.includes(error.code)) throw error
        if (error.code !== last?.code) reporter.debug(`attempt ${attempt + 1}: ${error.message}`)
        last = error
      }
      await clock.sleep(backoffDelay(BETWEEN, attempt, Math.random()), signal)
    }
  } catch (error) {
    throw isTimeOut(error) && last ? neverCameUp(last, address, reach, error as Error) : error
  }
}

function describe(connection: Connection, address: Address, { ssh }: Reach): string {
  const host = ssh.hostKey.policy === 'verify' ? 'host key verified' : 'host key NOT verified'
  return `${connection.user}@${address.host}:${address.port}, ${host}`
}

function neverCameUp(
  last: FargateLoginError,
  address: Address,
  reach: Reach,
  timeOut: Error,
): FargateLoginError {
  const message = `${timeOut.message} ${last.message}`
  return new FargateLoginError(last.code, message, { hint: hint(last, address, reach), cause: last })
}

function hint(last: FargateLoginError, address: Address, { container, securityGroups }: Reach): string {
  if (last.hint !== undefined) return last.hint
  if (last.code === 'connection-refused') {
    return (
      `The host answers, but no sshd listens on port ${address.port}. Does container ${container} run the ` +
      "image's entrypoint (docs/image.md)? Look at its log, and at --port and --container."
    )
  }
  const groups = securityGroups?.join(', ')
  const route =
    address.found === 'public'
      ? 'is the subnet public?'
      : 'a private address needs a VPN or peering; from elsewhere use --public-ip with --address public.'
  return (
    `Packets get lost on the way. The security group${groups ? ` (${groups})` : ''} must allow TCP ` +
    `${address.port} from your address; and check the route: ${route}`
  )
}

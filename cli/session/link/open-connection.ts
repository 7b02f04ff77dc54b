import { type ErrorCode, FargateLoginError } from '../../core/error.ts'
import { type Reach, routeText } from '../../core/link/reach.ts'
import { type Backoff, backoffDelay } from '../../core/wait/backoff.ts'
import { retry } from '../../core/wait/retry.ts'
import type { Ports } from '../ports/ports.ts'
import type { Connection } from '../ports/ssh.ts'
import { isTimeOut } from '../time-limit.ts'

const BACKOFF: Backoff = { first: 100, most: 1_000, factor: 1.5 }
/** A dropped SYN gives no feedback, so early attempts are short. Later ones allow for a slow network. */
const DIAL_TIMEOUT: Backoff = { first: 2_000, most: 10_000, factor: 1.3 }
/** A server that keeps dropping us after its greeting is no longer starting up. */
const MOST_DROPS = 5

const NOT_UP_YET: readonly ErrorCode[] = ['connection-refused', 'connection-silent']
/** The server was up before, so drops and strange banners are network trouble: roaming, or a captive portal. */
const NOT_BACK_YET: readonly ErrorCode[] = [...NOT_UP_YET, 'connection-lost', 'not-ssh']

/** The task's sshd, and the key that it accepts. */
export interface Target {
  readonly reach: Reach
  /** The user's key, in OpenSSH form. */
  readonly privateKey: string
  readonly forwardAgent?: boolean
}

export type ConnectPorts = Pick<Ports, 'transport' | 'ssh' | 'reporter' | 'clock'>

/** Tries until sshd answers. It starts when the address is known, because ECS reports RUNNING only after sshd is up. */
export function openConnection(
  target: Target,
  ports: ConnectPorts,
  signal: AbortSignal,
): Promise<Connection> {
  let drops = 0
  const mayPass = ({ code }: FargateLoginError) =>
    NOT_UP_YET.includes(code) || (code === 'connection-lost' && ++drops < MOST_DROPS)
  return connectUntil(mayPass, target, ports, signal)
}

/** Tries to reopen a connection that was lost. */
export function reopenConnection(
  target: Target,
  ports: ConnectPorts,
  signal: AbortSignal,
): Promise<Connection> {
  return connectUntil(({ code }) => NOT_BACK_YET.includes(code), target, ports, signal)
}

async function connectUntil(
  mayPass: (error: FargateLoginError) => boolean,
  { reach, privateKey, forwardAgent = false }: Target,
  { transport, ssh, reporter, clock }: ConnectPorts,
  signal: AbortSignal,
): Promise<Connection> {
  const { route } = reach
  reporter.step('connection', routeText(route))
  let lastError: FargateLoginError | undefined
  // An attempt that gets a banner becomes the connection, so the server never sees an empty one.
  const attempt = async (count: number) => {
    const bytes = await transport.dial(route, backoffDelay(DIAL_TIMEOUT, count - 1, 0.5), signal)
    return await ssh.connect(bytes, { ...reach, host: route.host, privateKey, forwardAgent }, signal)
  }
  const mayPassNow = (error: unknown, count: number) => {
    if (!(error instanceof FargateLoginError)) return false
    if (signal.aborted) {
      // A hanging attempt ended by the limit explains more than an earlier refusal.
      if (error !== signal.reason) lastError = error
      throw signal.reason
    }
    if (!mayPass(error)) return false
    if (error.code !== lastError?.code) reporter.debug(`attempt ${count}: ${error.message}`)
    lastError = error
    return true
  }
  try {
    const retryInput = { backoff: BACKOFF, mayPass: mayPassNow, clock, signal }
    const connection = (await retry(attempt, retryInput)) as Connection
    reporter.done('connection', connectedText(connection, reach))
    reporter.debug(`cipher: ${connection.cipher}`)
    return connection
  } catch (error) {
    throw isTimeOut(error) && lastError ? neverCameUp(lastError, reach, error as Error) : error
  }
}

function connectedText({ user }: Connection, { route, hostKey }: Reach): string {
  const host = hostKey.policy === 'verify' ? 'host key verified' : 'host key NOT verified'
  return `${user}@${routeText(route)}, ${host}`
}

function neverCameUp(last: FargateLoginError, reach: Reach, timeOut: Error): FargateLoginError {
  const hint = last.hint ?? (last.code === 'connection-refused' ? noServer(reach) : undefined)
  return new FargateLoginError(last.code, `${timeOut.message} ${last.message}`, { hint, cause: last })
}

function noServer({ container, route }: Reach): string {
  return (
    `The host answers, but no sshd listens on port ${route.port}. Make sure that container ${container} runs the ` +
    "image's entrypoint (docs/image.md). Check its log, --port and --container."
  )
}

import { type ErrorCode, FargateLoginError } from '../../core/error.ts'
import { type Reach, routeText } from '../../core/link/reach.ts'
import { type Backoff, backoffDelay } from '../../core/wait/backoff.ts'
import { retry } from '../../core/wait/retry.ts'
import type { Ports } from '../ports/ports.ts'
import type { StepLimit } from '../ports/reporter.ts'
import type { Connection } from '../ports/ssh.ts'
import { isTimeOut } from '../time-limit.ts'
import { type Doing, waitingText } from './waiting-text.ts'

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
  readonly session: string
  readonly reach: Reach
  /** The user's key, in OpenSSH form. */
  readonly privateKey: string
  readonly forwardAgent?: boolean
}

/** What the attempts to connect have met so far. */
export class Attempts {
  last: FargateLoginError | undefined
}

/** How a wait for sshd is shown and followed. */
export interface Wait {
  readonly limit?: StepLimit | undefined
  readonly attempts?: Attempts
}

export type ConnectPorts = Pick<Ports, 'transport' | 'ssh' | 'reporter' | 'clock'>

/** Tries until sshd answers. It starts when the address is known, because ECS reports RUNNING only after sshd is up. */
export async function openConnection(
  target: Target,
  ports: ConnectPorts,
  signal: AbortSignal,
  { limit, attempts = new Attempts() }: Wait = {},
): Promise<Connection> {
  let drops = 0
  const mayPass = ({ code }: FargateLoginError) =>
    NOT_UP_YET.includes(code) || (code === 'connection-lost' && ++drops < MOST_DROPS)
  const wait = { doing: 'waiting', mayPass, limit, attempts } as const
  const connection = await connectUntil({ ...target, ...wait }, ports, signal)
  ports.reporter.done('connection', connectedText(connection, target))
  return connection
}

/** Tries to reopen a connection that was lost. */
export async function reopenConnection(
  target: Target,
  ports: ConnectPorts,
  signal: AbortSignal,
  limit?: StepLimit,
): Promise<Connection> {
  const mayPass = ({ code }: FargateLoginError) => NOT_BACK_YET.includes(code)
  const wait = { doing: 'reconnecting', mayPass, limit, attempts: new Attempts() } as const
  return await connectUntil({ ...target, ...wait }, ports, signal)
}

interface ConnectInput extends Target {
  readonly doing: Doing
  /** Whether a later attempt can succeed after this error. */
  readonly mayPass: (error: FargateLoginError) => boolean
  readonly limit: StepLimit | undefined
  readonly attempts: Attempts
}

async function connectUntil(
  { reach, privateKey, forwardAgent = false, doing, mayPass, limit, attempts }: ConnectInput,
  { transport, ssh, reporter, clock }: ConnectPorts,
  signal: AbortSignal,
): Promise<Connection> {
  const { route } = reach
  const show = () => reporter.step('connection', waitingText(doing, route, attempts.last), limit)
  show()
  // An attempt that gets a banner becomes the connection, so the server never sees an empty one.
  const attempt = async (count: number) => {
    const bytes = await transport.dial(route, backoffDelay(DIAL_TIMEOUT, count - 1, 0.5), signal)
    return await ssh.connect(bytes, { ...reach, host: route.host, privateKey, forwardAgent }, signal)
  }
  const mayPassNow = (error: unknown, count: number) => {
    if (!(error instanceof FargateLoginError)) return false
    if (signal.aborted) {
      // A hanging attempt ended by the limit explains more than an earlier refusal.
      if (error !== signal.reason) attempts.last = error
      throw signal.reason
    }
    if (!mayPass(error)) return false
    const isNew = error.code !== attempts.last?.code
    attempts.last = error
    if (isNew) {
      reporter.debug(`Attempt ${count}: ${error.message}`)
      show()
    }
    return true
  }
  try {
    const connection = (await retry(attempt, {
      backoff: BACKOFF,
      mayPass: mayPassNow,
      clock,
      signal,
    })) as Connection
    reporter.debug(`Cipher: ${connection.cipher}`)
    return connection
  } catch (error) {
    const { last } = attempts
    throw isTimeOut(error) && last ? neverCameUp(last, reach, error as Error) : error
  }
}

function connectedText({ user }: Connection, { session, reach: { route, hostKey } }: Target): string {
  const host = hostKey.policy === 'verify' ? 'host key verified' : 'host key NOT verified'
  return `Connected as ${user} to ${routeText(route)}, ${host} (session ${session})`
}

function neverCameUp(last: FargateLoginError, reach: Reach, timeOut: Error): FargateLoginError {
  const hint = last.hint ?? (last.code === 'connection-refused' ? noServer(reach) : undefined)
  return new FargateLoginError(last.code, `${timeOut.message} ${last.message}`, { hint, cause: last })
}

function noServer({ container, route }: Reach): string {
  return (
    `The host answers, but no sshd listens on port ${route.port}. If the image of container ${container} has no SSH ` +
    'server, use --inject. If it has one, check its log, --port and --container (docs/image.md).'
  )
}

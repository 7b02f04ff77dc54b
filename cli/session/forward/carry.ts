import type { Duplex } from 'node:stream'
import { FargateLoginError } from '../../core/error.ts'
import { type Forward, forwardText } from '../../core/forward/forward.ts'
import { type Endpoint, endpointText } from '../../core/link/endpoint.ts'
import { startLimit } from '../../core/wait/time-limit.ts'
import type { Reporter } from '../ports/reporter.ts'
import { relay } from './relay.ts'
import { type ForwardRequest, readSocks } from './socks.ts'

/** How long a SOCKS client may take to say where it wants to go. */
const SOCKS_SECONDS = 30

export interface CarryInput {
  readonly forward: Forward
  /** The client's end. */
  readonly bytes: Duplex
  /** Connects to the destination. */
  dial(to: Endpoint, signal: AbortSignal): Promise<Duplex>
  /** Gets every stream, to close those that are still open at the end. */
  keep(stream: Duplex): void
  readonly reporter: Reporter
  readonly signal: AbortSignal
}

/** Serves one client of a forward. It never rejects: a client that fails is reported to the user. */
export async function carry(input: CarryInput): Promise<void> {
  const { forward, bytes, dial, keep, reporter, signal } = input
  let request: ForwardRequest | undefined
  keep(bytes)
  try {
    request = await readRequest(forward, bytes, signal)
    const to = endpointText(request.to)
    reporter.debug(`forward: a client of ${endpointText(forward.listen)} connects to ${to}`)
    const far = await dial(request.to, AbortSignal.any([signal, closed(bytes)]))
    keep(far)
    request.accept()
    relay(bytes, far)
    far.once('data', () => reporter.debug(`forward: first byte from ${to}`))
  } catch (error) {
    const hasLeft = bytes.destroyed
    if (request) request.refuse()
    else bytes.destroy()
    if (!signal.aborted && !hasLeft) reporter.warn(`Forward ${forwardText(forward)}: ${errorText(error)}`)
  }
}

async function readRequest({ to }: Forward, bytes: Duplex, signal: AbortSignal): Promise<ForwardRequest> {
  if (to) return { to, accept: () => {}, refuse: () => bytes.destroy() }
  const tooSlow = () => new Error(`A SOCKS client said nothing within ${SOCKS_SECONDS} s.`)
  using limit = startLimit(SOCKS_SECONDS, tooSlow, signal)
  return await readSocks(bytes, limit.signal)
}

/** A client that gives up ends the attempt to connect for it. */
function closed(bytes: Duplex): AbortSignal {
  const controller = new AbortController()
  bytes.once('close', () => controller.abort(new Error('The client closed the connection.')))
  return controller.signal
}

/** A failed forward takes one line: the fact and the next action. */
export function errorText(error: unknown): string {
  if (!(error instanceof FargateLoginError)) return (error as Error).message
  return error.hint === undefined ? error.message : `${error.message} ${error.hint}`
}

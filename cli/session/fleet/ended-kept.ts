import type { KeptTask } from '../../core/journal/journal-entry.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import type { Endpoint } from '../../core/link/endpoint.ts'
import { startLimit } from '../../core/wait/time-limit.ts'
import type { Ports } from '../ports/ports.ts'
import { loopbackOf } from './loopback.ts'

/** A program of this machine answers or refuses at once. */
const ANSWER_SECONDS = 2

type EndedPorts = Pick<Ports, 'sockets' | 'clock'>

/**
 * Finds the kept tasks of embedded ECSs that have ended. An endpoint that refuses us may also be a tunnel that is down,
 * so a task counts only after the time for which it was kept.
 */
export async function findEndedKept(
  noted: readonly NotedSession[],
  { sockets, clock }: EndedPorts,
  signal: AbortSignal,
): Promise<readonly NotedSession[]> {
  const now = clock.wallNow().getTime()
  const found = await Promise.all(
    noted.map(async (one) => {
      const { kept, access, createdAt } = one.entry
      const endpoint = loopbackOf(access.endpointUrl)
      if (!kept || !endpoint || one.owner === 'alive' || now <= endOf(kept, createdAt)) return undefined
      return (await refuses(endpoint, sockets, signal)) ? one : undefined
    }),
  )
  return found.filter((one) => one !== undefined)
}

/** In milliseconds since 1970. A process that was killed has not recorded it. */
function endOf({ until, keepSeconds }: KeptTask, createdAt: string): number {
  return until === undefined ? Date.parse(createdAt) + keepSeconds * 1000 : Date.parse(until)
}

async function refuses(
  endpoint: Endpoint,
  sockets: EndedPorts['sockets'],
  signal: AbortSignal,
): Promise<boolean> {
  using limit = startLimit(ANSWER_SECONDS, () => new Error('The endpoint does not answer.'), signal)
  try {
    const bytes = await sockets.dial(endpoint, limit.signal)
    bytes.on('error', () => {}).destroy()
    return false
  } catch (error) {
    signal.throwIfAborted()
    const { cause } = error as { readonly cause?: NodeJS.ErrnoException }
    return cause?.code === 'ECONNREFUSED'
  }
}

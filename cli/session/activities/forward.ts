import type { Forward } from '../../core/forward/forward.ts'
import { endpointText } from '../../core/link/endpoint.ts'
import type { Ending } from '../../core/plan/activity.ts'
import type { Ports } from '../ports/ports.ts'
import type { ActivityInput } from './activity.ts'
import { holdOpen } from './reconnect.ts'

/** Prints where the forwards listen, one line each, and keeps them up until the user ends them. */
export async function forward(
  input: ActivityInput,
  ports: Pick<Ports, 'reporter' | 'clock'>,
): Promise<Ending> {
  for (const line of input.forwards.map(lineOf)) input.terminal.stdout.write(`${line}\n`)
  return await holdOpen(input, ports)
}

/** For scripts: the listening end, a blank, the destination. */
function lineOf({ listen, to }: Forward): string {
  return `${endpointText(listen)} ${to ? endpointText(to) : 'SOCKS'}`
}

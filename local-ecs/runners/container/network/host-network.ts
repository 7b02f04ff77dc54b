import { claimAddress } from '../../loopback-address.ts'
import type { TaskRequest } from '../../runner.ts'
import type { Engine } from '../engine/engine.ts'
import type { NetworkReservation } from './reserve-network.ts'

/** The network of this machine. If the engine runs in a virtual machine, published ports do the same. */
export async function hostNetwork(request: TaskRequest, client: Engine): Promise<NetworkReservation> {
  const ports = request.containers.flatMap((container) => container.ports)
  const claim = await claimAddress('127.0.0.1', ports, 'RESOURCE:PORTS')
  return {
    attach: async () => undefined,
    join: (container) =>
      client.quirks.reachable
        ? // Only on loopback, because a laptop may be on a public network.
          { args: ['--network', 'host'], environment: { FARGATE_LOGIN_LISTEN: '127.0.0.1' } }
        : { args: container.ports.flatMap((port) => ['--publish', `127.0.0.1:${port}:${port}`]) },
    reach: async (_name, port) => ({ host: '127.0.0.1', port }),
    release: () => claim.release(),
  }
}

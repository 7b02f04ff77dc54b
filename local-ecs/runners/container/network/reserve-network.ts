import type { ContainerRequest, Endpoint, TaskAddress, TaskRequest } from '../../runner.ts'
import type { Engine } from '../engine/engine.ts'
import { bridgeNetwork } from './bridge-network.ts'
import { hostNetwork } from './host-network.ts'
import { ownNetwork } from './own-network.ts'

/** The engine's part of a task's network. */
export interface NetworkReservation {
  /** The name of the container that owns the network. It exists once the network is attached. */
  readonly holder?: string
  attach(): Promise<TaskAddress | undefined>
  /** The arguments that put a container into this network. */
  join(container: ContainerRequest): NetworkArguments
  /** @param name of the started container */
  reach(name: string, port: number): Promise<Endpoint>
  release(): Promise<void>
}

export interface NetworkArguments {
  readonly args: readonly string[]
  /** Defaults for the container's environment. */
  readonly environment?: Readonly<Record<string, string>>
}

/** @throws NotPlaced */
export async function reserveNetwork(
  request: TaskRequest,
  client: Engine,
  image: string,
): Promise<NetworkReservation> {
  switch (request.network) {
    case 'own':
    case 'own-ipv6':
      return ownNetwork(request, client, image)
    case 'bridge':
      return bridgeNetwork(client)
    case 'host':
      return hostNetwork(request, client)
    case 'none':
      return { ...bridgeNetwork(client), join: () => ({ args: ['--network', 'none'] }) }
  }
}

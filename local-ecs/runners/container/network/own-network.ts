import { type Claim, claimAddress, claimOwnAddress } from '../../loopback-address.ts'
import { openPortProxy, type PortProxy } from '../../port-proxy.ts'
import type { TaskAddress, TaskRequest } from '../../runner.ts'
import { isOfNetwork, sysctlArguments } from '../arguments/sysctl-arguments.ts'
import type { Engine } from '../engine/engine.ts'
import { startHolder } from '../holder.ts'
import { removeContainers } from '../remove-containers.ts'
import type { NetworkReservation } from './reserve-network.ts'

/**
 * awsvpc: one address for all containers of the task. It is the engine's if this machine can reach it, otherwise a
 * loopback address with the task's ports. IPv6 is always on loopback, because engines have none by default.
 */
export async function ownNetwork(
  request: TaskRequest,
  client: Engine,
  image: string,
): Promise<NetworkReservation> {
  // No container of the task can have this name, because ECS allows no dots.
  const name = `fargate-login-${request.id.slice(0, 12)}.network`
  const ports = [...new Set(request.containers.flatMap((container) => container.ports))]
  const { reachable } = client.quirks
  const claim = await claimFor(request, reachable, ports)
  const proxies: PortProxy[] = []
  return {
    holder: name,
    async attach() {
      const published = !reachable && claim ? ports.map((port) => ({ host: inUrl(claim.address), port })) : []
      const inside = await startHolder({ client, name, image, published, args: sysctls(request) })
      if (!reachable && claim) return toTaskAddress(claim)
      if (inside === undefined) throw new Error(`${client.name} gave the task no address`)
      if (!claim) return { ipv4: inside }
      await forward(claim.address, inside, ports, proxies)
      return toTaskAddress(claim)
    },
    join: () => ({ args: ['--network', `container:${name}`] }),
    reach: async (_name, port) => ({ host: claim?.address ?? '127.0.0.1', port }),
    async release() {
      await removeContainers(client, [name])
      await Promise.all(proxies.map((proxy) => proxy.close()))
      await claim?.release()
    },
  }
}

/** As on ECS, a container's network sysctls apply to the whole task, and the last one wins. */
function sysctls({ containers }: TaskRequest): readonly string[] {
  const all = containers.flatMap(({ settings }) => settings?.sysctls ?? []).filter(isOfNetwork)
  return sysctlArguments([...new Map(all)])
}

/** Claims a loopback address, unless the container's own is reachable. */
async function claimFor(
  { network }: TaskRequest,
  reachable: boolean,
  ports: readonly number[],
): Promise<Claim | undefined> {
  if (network === 'own-ipv6') return claimAddress('::1', ports, 'RESOURCE:ENI')
  return reachable ? undefined : claimOwnAddress(ports)
}

function toTaskAddress({ address }: Claim): TaskAddress {
  return address.includes(':') ? { ipv6: address } : { ipv4: address }
}

/** The form before a colon and a port. */
function inUrl(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}

async function forward(
  from: string,
  to: string,
  ports: readonly number[],
  proxies: PortProxy[],
): Promise<void> {
  for (const port of ports) {
    const proxy = await openPortProxy(from, port)
    proxy.pointTo({ host: to, port })
    proxies.push(proxy)
  }
}

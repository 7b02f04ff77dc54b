import { isOfNetwork, sysctlArguments } from '../arguments/sysctl-arguments.ts'
import { containerAddress, type Engine, inspect } from '../engine/engine.ts'
import type { NetworkReservation } from './reserve-network.ts'

/** The engine's default network. Each container has its own address, or ports published on loopback. */
export function bridgeNetwork(client: Engine): NetworkReservation {
  return {
    attach: async () => undefined,
    join: ({ ports, settings }) => ({
      args: [
        ...(client.quirks.reachable ? [] : ports.flatMap((port) => ['--publish', `127.0.0.1::${port}`])),
        ...sysctlArguments((settings?.sysctls ?? []).filter(isOfNetwork)),
      ],
    }),
    async reach(name, port) {
      const found = await inspect(client, name)
      const [published] = found.NetworkSettings.Ports?.[`${port}/tcp`] ?? []
      if (published) return { host: '127.0.0.1', port: Number(published.HostPort) }
      return { host: containerAddress(found) ?? '127.0.0.1', port }
    },
    release: async () => {},
  }
}

import type { ContainerDefinition } from '../../account/container-definition.ts'
import type { TaskDefinition } from '../../account/task-definition.ts'
import { NotPlaced } from '../../runners/not-placed.ts'
import { openPortProxy, type PortProxy } from '../../runners/port-proxy.ts'
import type { Reservation, TaskRequest } from '../../runners/runner.ts'
import type { NetworkBinding } from '../task.ts'

/** The ports of this machine that lead to a task's ports, in bridge and host mode. */
export interface HostPorts {
  /** The port bindings of a running container. */
  bindingsOf(container: string): readonly NetworkBinding[]
  /** Connects the ports to the started containers. */
  connect(reservation: Reservation, request: TaskRequest): Promise<void>
  close(): Promise<void>
}

/** @throws NotPlaced RESOURCE:PORTS */
export async function openHostPorts({ networkMode = 'bridge', ...rest }: TaskDefinition): Promise<HostPorts> {
  const mappings = rest.containerDefinitions.flatMap(portsOf)
  if (networkMode === 'host') return fixedPorts(mappings)
  return networkMode === 'bridge' ? proxiedPorts(mappings) : fixedPorts([])
}

interface Mapping {
  readonly container: string
  readonly containerPort: number
  /** 0 means a dynamic port. */
  readonly hostPort: number
}

function portsOf({ name, portMappings }: ContainerDefinition): readonly Mapping[] {
  return portMappings.flatMap(({ containerPort, hostPort = 0, protocol }) =>
    containerPort === undefined || protocol !== 'tcp' ? [] : [{ container: name, containerPort, hostPort }],
  )
}

/** Host mode: the container itself listens on this machine. */
function fixedPorts(mappings: readonly Mapping[]): HostPorts {
  return {
    bindingsOf: (container) =>
      mappings
        .filter((mapping) => mapping.container === container)
        .map(({ containerPort }) => binding(containerPort, containerPort)),
    connect: async () => {},
    close: async () => {},
  }
}

/** Bridge mode: the ports are opened in advance, and get their targets once the containers exist. */
async function proxiedPorts(mappings: readonly Mapping[]): Promise<HostPorts> {
  const open: (Mapping & { readonly proxy: PortProxy })[] = []
  const close = async () => void (await Promise.all(open.map(({ proxy }) => proxy.close())))
  for (const mapping of mappings) {
    try {
      open.push({ ...mapping, proxy: await openPortProxy('127.0.0.1', mapping.hostPort) })
    } catch (error) {
      await close()
      throw new NotPlaced('RESOURCE:PORTS', (error as Error).message)
    }
  }
  return {
    bindingsOf: (container) =>
      open
        .filter((mapping) => mapping.container === container)
        .map(({ containerPort, proxy }) => binding(containerPort, proxy.port)),
    async connect(reservation, { containers }) {
      for (const { container: name, containerPort, proxy } of open) {
        const container = containers.find((candidate) => candidate.name === name)
        if (container) proxy.pointTo(await reservation.reach(container, containerPort))
      }
    },
    close,
  }
}

function binding(containerPort: number, hostPort: number): NetworkBinding {
  return { bindIP: '127.0.0.1', containerPort, hostPort, protocol: 'tcp' }
}

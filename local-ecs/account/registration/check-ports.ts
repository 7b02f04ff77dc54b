import { clientException } from '../../protocol/refusal.ts'
import type { ContainerDefinition } from '../container-definition.ts'
import type { Registration } from '../task-definition.ts'

const HIGHEST = 65_535

/** Checks the port mappings. A host port of 0 means a dynamic one. */
export function checkPorts({ name, portMappings }: ContainerDefinition, { networkMode }: Registration): void {
  for (const { containerPort, hostPort, protocol } of portMappings) {
    checkRange(name, 'containerPort', containerPort, 1)
    checkRange(name, 'hostPort', hostPort, 0)
    const isShared = networkMode === 'awsvpc' || networkMode === 'host'
    if (isShared && hostPort && hostPort !== containerPort) {
      throw clientException(
        `When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`,
      )
    }
    const same = portMappings.filter(
      (other) => hostPort && other.hostPort === hostPort && other.protocol === protocol,
    )
    if (same.length > 1) throw clientException(`Duplicate host port ${hostPort} in container '${name}'.`)
  }
}

function checkRange(name: string, member: string, port: number | undefined, least: number): void {
  if (port === undefined || (port >= least && port <= HIGHEST)) return
  throw clientException(
    `Invalid ${member} ${port} for container '${name}'. It must be ${least} to ${HIGHEST}.`,
  )
}

import { clientException } from '../../protocol/refusal.ts'
import type { ContainerDefinition } from '../container-definition.ts'
import type { Registration } from '../task-definition.ts'
import { checkPorts } from './check-ports.ts'

/** ECS's checks of one container, for any launch type. */
export function checkContainer(container: ContainerDefinition, registration: Registration): void {
  const { name, image, memory, memoryReservation } = container
  if (!/^[\w-]{1,255}$/.test(name)) throw clientException('Invalid container name.')
  if (image === '') throw clientException('Container.image should not be null or empty.')
  if (registration.memory === undefined && memory === undefined && memoryReservation === undefined) {
    throw clientException(
      `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
    )
  }
  checkPorts(container, registration)
  checkNetworking(container, registration)
  checkSecrets(container)
  checkUlimits(container)
  checkTimes(container)
}

function checkNetworking(
  { hostname, links = [], extraHosts = [] }: ContainerDefinition,
  { networkMode }: Registration,
): void {
  if (networkMode === 'awsvpc') {
    if (hostname) throw clientException('hostname is not supported on container when networkMode=awsvpc.')
    if (links.length > 0) throw clientException('Links are not supported when networkMode=awsvpc.')
    if (extraHosts.length > 0) {
      throw clientException('extraHosts is not supported on container when networkMode=awsvpc.')
    }
  }
}

function checkSecrets({ secrets = [], environment }: ContainerDefinition): void {
  const names = secrets.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw clientException(`Duplicate secret names found: ${twice}. Each secret name must be unique.`)
  }
  const shared = names.find((name) => environment.some((variable) => variable.name === name))
  if (shared !== undefined) {
    throw clientException(
      `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${shared}'.`,
    )
  }
}

function checkUlimits({ name, ulimits = [] }: ContainerDefinition): void {
  const wrong = ulimits.find(({ softLimit, hardLimit }) => limit(softLimit) > limit(hardLimit))
  if (wrong) {
    throw clientException(
      `Invalid setting for container '${name}'. The softLimit of ulimit ${wrong.name} must not be greater than its hardLimit.`,
    )
  }
}

/** -1 means no limit. */
function limit(value: number): number {
  return value === -1 ? Number.POSITIVE_INFINITY : value
}

/** The lowest and highest seconds or numbers of tries. */
const HEALTH_CHECK_RANGES = {
  interval: [5, 300],
  timeout: [2, 60],
  retries: [1, 10],
  startPeriod: [0, 300],
} as const

function checkTimes({ name, healthCheck }: ContainerDefinition): void {
  if (!healthCheck) return
  const [kind] = healthCheck.command
  if (kind !== 'CMD' && kind !== 'CMD-SHELL' && kind !== 'NONE') {
    throw clientException(`The health check command of container '${name}' must start with CMD or CMD-SHELL.`)
  }
  for (const [member, [from, to]] of Object.entries(HEALTH_CHECK_RANGES)) {
    const value = healthCheck[member as keyof typeof HEALTH_CHECK_RANGES] ?? from
    if (value < from || value > to) {
      throw clientException(
        `The health check ${member} of container '${name}' must be between ${from} and ${to}.`,
      )
    }
  }
}

import type { ContainerDefinition } from '../container-definition.ts'
import type { Registration } from '../task-definition.ts'
import { unsupported } from './unsupported.ts'

/** In seconds. */
const TIMEOUT = { least: 2, most: 120 } as const
const LOG_DRIVERS: readonly string[] = ['awslogs', 'splunk', 'awsfirelens']
const LINUX_PARAMETERS = ['devices', 'maxSwap', 'sharedMemorySize', 'swappiness'] as const

/** The reason why a container cannot run on Fargate; `undefined` if it can. */
export function fargateContainerObstacle(
  container: ContainerDefinition,
  registration: Registration,
): string | undefined {
  const { linuxParameters: linux, dockerSecurityOptions = [], resourceRequirements = [] } = container
  if (container.privileged) return unsupported('privileged')
  const parameter = LINUX_PARAMETERS.find((name) => linux?.[name] !== undefined)
  if (parameter) return unsupported(parameter)
  const added = linux?.capabilities?.add?.filter((capability) => capability !== 'SYS_PTRACE') ?? []
  if (added.length > 0) return unsupported(`adding the capabilities [${added.join(', ')}]`)
  if (dockerSecurityOptions.length > 0) return unsupported('dockerSecurityOptions')
  if (container.disableNetworking) return unsupported('disableNetworking')
  if (resourceRequirements.some(({ type }) => type === 'GPU')) return unsupported('GPU resource requirements')
  const foreign = container.systemControls.find(({ namespace }) => !namespace.startsWith('net.'))
  if (foreign) return unsupported(`the system control ${foreign.namespace}`)
  return timeoutObstacle(container) ?? logObstacle(container, registration)
}

function timeoutObstacle({ name, startTimeout, stopTimeout }: ContainerDefinition): string | undefined {
  const { least, most } = TIMEOUT
  const isWrong = (seconds: number | undefined) =>
    seconds !== undefined && (seconds < least || seconds > most)
  if (!isWrong(startTimeout) && !isWrong(stopTimeout)) return undefined
  return `Invalid setting for container '${name}'. startTimeout and stopTimeout must be ${least} to ${most} seconds.`
}

/** What only the execution role may do. */
function logObstacle(
  { image, logConfiguration }: ContainerDefinition,
  { executionRoleArn }: Registration,
): string | undefined {
  const { logDriver } = logConfiguration ?? {}
  if (logDriver !== undefined && !LOG_DRIVERS.includes(logDriver)) {
    return unsupported(`log driver ${logDriver}`)
  }
  const needsRole = (what: string) =>
    `Fargate requires task definition to have execution role ARN to support ${what}.`
  if (executionRoleArn !== undefined) return undefined
  if (logDriver === 'awslogs') return needsRole('log driver awslogs')
  return image.includes('.dkr.ecr.') ? needsRole('ECR images') : undefined
}

import type { ContainerDefinition } from '../container-definition.ts'
import type { Registration } from '../task-definition.ts'

/** The reason why the definition cannot run on Fargate, in ECS's words; `undefined` if it can. */
export function fargateObstacle(registration: Registration): string | undefined {
  const { networkMode, cpu = '', memory, pidMode, volumes, containerDefinitions } = registration
  if (networkMode !== 'awsvpc') return "Fargate only supports network mode 'awsvpc'."
  if (!FARGATE_SIZES[cpu]?.(Number(memory))) return 'No Fargate configuration exists for given values.'
  if (pidMode === 'host') {
    return "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'."
  }
  if (volumes.some(({ host }) => host?.sourcePath)) return unsupported('sourcePath')
  if (volumes.some((volume) => volume.dockerVolumeConfiguration))
    return unsupported('dockerVolumeConfiguration')
  return containerDefinitions.map(containerObstacle).find((obstacle) => obstacle !== undefined)
}

/** In seconds. */
const LONGEST_TIMEOUT = 120

function containerObstacle(container: ContainerDefinition): string | undefined {
  const { linuxParameters: linux, startTimeout = 0, stopTimeout = 0 } = container
  if (container.privileged) return unsupported('privileged')
  if (linux?.sharedMemorySize !== undefined) return unsupported('sharedMemorySize')
  const added = linux?.capabilities?.add?.filter((capability) => capability !== 'SYS_PTRACE') ?? []
  if (added.length > 0) return unsupported(`adding the capabilities [${added.join(', ')}]`)
  const foreign = container.systemControls.find(({ namespace }) => !namespace.startsWith('net.'))
  if (foreign) return unsupported(`the system control ${foreign.namespace}`)
  if (Math.max(startTimeout, stopTimeout) > LONGEST_TIMEOUT) {
    return `Invalid setting for container '${container.name}'. startTimeout and stopTimeout must be at most ${LONGEST_TIMEOUT} seconds.`
  }
  return undefined
}

function unsupported(what: string): string {
  return `Fargate compatible task definitions do not support ${what}`
}

/** Valid memory sizes in MiB by CPU units. */
const FARGATE_SIZES: Readonly<Record<string, (memory: number) => boolean>> = {
  256: (memory) => [512, 1024, 2048].includes(memory),
  512: (memory) => isStep(memory, 1024, 4096, 1024),
  1024: (memory) => isStep(memory, 2048, 8192, 1024),
  2048: (memory) => isStep(memory, 4096, 16_384, 1024),
  4096: (memory) => isStep(memory, 8192, 30_720, 1024),
  8192: (memory) => isStep(memory, 16_384, 61_440, 4096),
  16384: (memory) => isStep(memory, 32_768, 122_880, 8192),
}

function isStep(value: number, from: number, to: number, step: number): boolean {
  return value >= from && value <= to && value % step === 0
}

import type { Registration } from '../task-definition.ts'
import { fargateContainerObstacle } from './fargate-container-obstacle.ts'
import { isFargateSize } from './fargate-sizes.ts'
import { unsupported } from './unsupported.ts'

/** The reason why the definition cannot run on Fargate, in ECS's words; `undefined` if it can. */
export function fargateObstacle(registration: Registration): string | undefined {
  const { networkMode, cpu, memory, pidMode, volumes, containerDefinitions } = registration
  if (networkMode !== 'awsvpc') return "Fargate only supports network mode 'awsvpc'."
  if (cpu === undefined) return "Fargate requires that 'cpu' be defined at the task level."
  if (memory === undefined) return "Fargate requires that 'memory' be defined at the task level."
  if (!isFargateSize(Number(cpu), Number(memory))) return 'No Fargate configuration exists for given values.'
  if (pidMode === 'host') {
    return "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'."
  }
  if (registration.ipcMode !== undefined) return unsupported('ipcMode')
  if (registration.placementConstraints.length > 0) return unsupported('placementConstraints')
  if (volumes.some(({ host }) => host?.sourcePath)) return unsupported('sourcePath')
  if (volumes.some((volume) => volume.dockerVolumeConfiguration))
    return unsupported('dockerVolumeConfiguration')
  return (
    storageObstacle(registration) ??
    containerDefinitions
      .map((container) => fargateContainerObstacle(container, registration))
      .find((obstacle) => obstacle !== undefined)
  )
}

/** In GiB. */
const STORAGE = { least: 21, most: 200 } as const

/** @returns ECS's refusal of an ephemeral storage that is too small or too large */
export function storageObstacle({
  ephemeralStorage,
}: Pick<Registration, 'ephemeralStorage'>): string | undefined {
  if (!ephemeralStorage) return undefined
  const { sizeInGiB } = ephemeralStorage
  if (sizeInGiB >= STORAGE.least && sizeInGiB <= STORAGE.most) return undefined
  return `Invalid ephemeralStorage size. It must be between ${STORAGE.least} and ${STORAGE.most} GiB.`
}

import type { LaunchType } from '../../account/enumerations.ts'
import { checkContainerSizes } from '../../account/registration/check-container-sizes.ts'
import { checkRoles } from '../../account/registration/check-roles.ts'
import { normalizeSize } from '../../account/registration/check-task-size.ts'
import { storageObstacle } from '../../account/registration/fargate-obstacle.ts'
import { isFargateSize } from '../../account/registration/fargate-sizes.ts'
import type { TaskDefinition } from '../../account/task-definition.ts'
import { clientException, invalidParameter } from '../../protocol/refusal.ts'
import type { Overrides } from './overrides.ts'

/** In characters, including JSON punctuation. */
const LONGEST = 8192

/** @returns the overrides as ECS keeps them. @throws Refusal */
export function checkOverrides(
  overrides: Overrides,
  definition: TaskDefinition,
  launchType: LaunchType,
): Overrides {
  // ECS counts its own JSON, which has no spaces.
  if (JSON.stringify(overrides).length > LONGEST) {
    throw invalidParameter(`Container Overrides length must be at most ${LONGEST}`)
  }
  checkNames(overrides, definition)
  const { taskRoleArn, executionRoleArn } = overrides
  checkRoles({ taskRoleArn, executionRoleArn, containerDefinitions: [] })
  checkStorage(overrides, launchType)
  return { ...overrides, ...checkSizes(overrides, definition, launchType) }
}

function checkNames({ containerOverrides }: Overrides, { containerDefinitions }: TaskDefinition): void {
  const names = containerDefinitions.map(({ name }) => name)
  for (const { name } of containerOverrides) {
    if (name === undefined) throw invalidParameter('Container override must have a container name.')
    if (!names.includes(name)) {
      throw invalidParameter(`Override for container named ${name} is not a container in the TaskDefinition.`)
    }
  }
}

/** The task with its overrides has to be one that could be registered. */
function checkSizes(
  { cpu, memory, containerOverrides }: Overrides,
  definition: TaskDefinition,
  launchType: LaunchType,
) {
  const size = normalizeSize({ cpu, memory })
  const task = { cpu: definition.cpu, memory: definition.memory, ...size }
  if (launchType === 'FARGATE' && !isFargateSize(Number(task.cpu), Number(task.memory))) {
    throw clientException('No Fargate configuration exists for given values.')
  }
  const containers = definition.containerDefinitions.map((container) => {
    const override = containerOverrides.find(({ name }) => name === container.name)
    return {
      name: container.name,
      cpu: override?.cpu ?? container.cpu,
      memory: override?.memory ?? container.memory,
      memoryReservation: override?.memoryReservation ?? container.memoryReservation,
    }
  })
  checkContainerSizes(containers, task)
  return size
}

function checkStorage(overrides: Overrides, launchType: LaunchType): void {
  if (overrides.ephemeralStorage && launchType !== 'FARGATE') {
    throw invalidParameter(`Ephemeral storage overrides are not supported with ${launchType} launch type.`)
  }
  const obstacle = storageObstacle(overrides)
  if (obstacle !== undefined) throw invalidParameter(obstacle)
}

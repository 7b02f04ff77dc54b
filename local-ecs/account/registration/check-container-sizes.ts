import { clientException } from '../../protocol/refusal.ts'
import type { ContainerDefinition } from '../container-definition.ts'
import type { TaskSize } from './check-task-size.ts'

type Sizes = Pick<ContainerDefinition, 'name' | 'cpu' | 'memory' | 'memoryReservation'>

/** In MiB. Docker takes no less. */
const LEAST_MEMORY = 4

/** The sizes of the containers have to fit into the task, and each reservation into its limit. */
export function checkContainerSizes(containers: readonly Sizes[], task: TaskSize): void {
  for (const container of containers) checkContainer(container, task)
  if (task.cpu !== undefined && sum(containers, 'cpu') > Number(task.cpu)) {
    throw clientException(
      "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    )
  }
  if (task.memory !== undefined && sum(containers, 'memoryReservation') > Number(task.memory)) {
    throw clientException(
      "The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'.",
    )
  }
}

function checkContainer({ name, cpu, memory, memoryReservation }: Sizes, task: TaskSize): void {
  if (cpu < 0) throw clientException(`Invalid 'cpu' setting for container '${name}'.`)
  for (const [member, value = LEAST_MEMORY] of Object.entries({ memory, memoryReservation })) {
    if (value < LEAST_MEMORY) throw clientException(`Invalid '${member}' setting for container '${name}'.`)
    if (task.memory !== undefined && value > Number(task.memory)) {
      throw clientException(`The '${member}' setting for container '${name}' is greater than for the task.`)
    }
  }
  if (memory !== undefined && memoryReservation !== undefined && memoryReservation > memory) {
    throw clientException(
      `Invalid setting for container '${name}'. 'memoryReservation' must not be greater than 'memory'.`,
    )
  }
}

function sum(containers: readonly Sizes[], member: 'cpu' | 'memoryReservation'): number {
  return containers.reduce((total, container) => total + (container[member] ?? 0), 0)
}

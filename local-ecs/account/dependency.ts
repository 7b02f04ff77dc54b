import * as v from 'valibot'
import type { ContainerDefinition } from './container-definition.ts'

/** What a container waits for before it is started: another one has started, has ended, has ended well, is healthy. */
export const DependencyInput = v.looseObject({
  containerName: v.string(),
  condition: v.picklist(['START', 'COMPLETE', 'SUCCESS', 'HEALTHY']),
})

export type Dependency = v.InferOutput<typeof DependencyInput>

type Dependent = Pick<ContainerDefinition, 'name' | 'dependsOn' | 'volumesFrom'>

/** As ECS's agent has it, `volumesFrom` is a dependency as well: the other container has to be there. */
export function dependenciesOf({ dependsOn = [], volumesFrom }: Dependent): readonly Dependency[] {
  const sources = volumesFrom.flatMap(({ sourceContainer }) => sourceContainer ?? [])
  return [
    ...dependsOn,
    ...sources.map((containerName): Dependency => ({ containerName, condition: 'START' })),
  ]
}

/** The containers, each after those that it depends on; undefined where they wait for each other in a circle. */
export function inDependencyOrder<Container extends Dependent>(
  containers: readonly Container[],
): readonly Container[] | undefined {
  const ordered: Container[] = []
  let left = containers
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name))
    const isFree = (container: Container) =>
      dependenciesOf(container).every(({ containerName }) => !names.has(containerName))
    const free = left.filter(isFree)
    if (free.length === 0) return undefined
    ordered.push(...free)
    left = left.filter((container) => !free.includes(container))
  }
  return ordered
}

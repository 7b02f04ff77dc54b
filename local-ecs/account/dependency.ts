import * as v from 'valibot'
import type { ContainerDefinition } from './container-definition.ts'
import { oneOf } from './enumerations.ts'

/** The event that a container waits for: another one has started, has ended, has succeeded or is healthy. */
export const DependencyInput = v.looseObject({
  containerName: v.string(),
  condition: oneOf('ContainerCondition'),
})

export type Dependency = v.InferOutput<typeof DependencyInput>

type Dependent = Pick<ContainerDefinition, 'name' | 'dependsOn' | 'volumesFrom'>

/** Like ECS's agent, treats `volumesFrom` as a dependency, because the other container must exist. */
export function dependenciesOf({ dependsOn = [], volumesFrom }: Dependent): readonly Dependency[] {
  const sources = volumesFrom.flatMap(({ sourceContainer }) => sourceContainer ?? [])
  return [
    ...dependsOn,
    ...sources.map((containerName): Dependency => ({ containerName, condition: 'START' })),
  ]
}

/** The containers, each after its dependencies; `undefined` if the dependencies form a circle. */
export function inDependencyOrder<Container extends Dependent>(
  containers: readonly Container[],
): readonly Container[] | undefined {
  const ordered: Container[] = []
  let remaining = containers
  while (remaining.length > 0) {
    const names = new Set(remaining.map(({ name }) => name))
    const isFree = (container: Container) =>
      dependenciesOf(container).every(({ containerName }) => !names.has(containerName))
    const free = remaining.filter(isFree)
    if (free.length === 0) return undefined
    ordered.push(...free)
    remaining = remaining.filter((container) => !free.includes(container))
  }
  return ordered
}

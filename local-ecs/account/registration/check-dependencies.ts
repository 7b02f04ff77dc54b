import { clientException } from '../../protocol/refusal.ts'
import { inDependencyOrder } from '../dependency.ts'
import type { Registration } from '../task-definition.ts'

/** A container may only wait for one that exists and can reach the condition. */
export function checkDependencies({ containerDefinitions: containers }: Registration): void {
  for (const { name, dependsOn = [] } of containers) {
    for (const { containerName, condition } of dependsOn) {
      const found = containers.find((container) => container.name === containerName)
      if (!found) {
        throw clientException(
          `Container '${name}' depends on container '${containerName}', which does not exist.`,
        )
      }
      if (found.essential && (condition === 'SUCCESS' || condition === 'COMPLETE')) {
        throw clientException(
          'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container',
        )
      }
      if (condition === 'HEALTHY' && !found.healthCheck) {
        throw clientException(
          'A dependency container with HEALTHY condition must have a health check configured',
        )
      }
    }
  }
  if (!inDependencyOrder(containers)) throw clientException('Container dependencies cannot be cyclic.')
}

import type { Task, TaskContainer } from '../task.ts'

/** Of the essential containers that are checked, one that is not healthy decides; the others do not count. */
export function taskHealth({ containers }: Task): TaskContainer['healthStatus'] {
  const statuses = containers
    .filter(({ definition }) => definition.essential && definition.healthCheck)
    .map(({ healthStatus }) => healthStatus)
  if (statuses.includes('UNHEALTHY')) return 'UNHEALTHY'
  return statuses.length > 0 && statuses.every((status) => status === 'HEALTHY') ? 'HEALTHY' : 'UNKNOWN'
}

import type { Task, TaskContainer } from '../task.ts'

/** Only essential containers with a health check count. One that is not healthy decides. */
export function taskHealth({ containers }: Task): TaskContainer['healthStatus'] {
  const statuses = containers
    .filter(({ definition }) => definition.essential && definition.healthCheck)
    .map(({ healthStatus }) => healthStatus)
  if (statuses.includes('UNHEALTHY')) return 'UNHEALTHY'
  return statuses.length > 0 && statuses.every((status) => status === 'HEALTHY') ? 'HEALTHY' : 'UNKNOWN'
}

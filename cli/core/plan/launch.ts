import type { Config } from '../config/config.ts'
import type { Service, TaskDefinition } from '../task/task-definition.ts'
import type { RunTaskRequest } from './run-task-request.ts'

/** Where the task runs: a launch type or capacity providers, and Fargate's platform version. */
export type Launch = Pick<RunTaskRequest, 'launchType' | 'capacityProviderStrategy' | 'platformVersion'>

/** The user's choice first, then the service's, then the only one that the task definition allows. */
export function planLaunch(config: Config, service: Service | undefined, definition: TaskDefinition): Launch {
  if (config.capacityProvider !== undefined) {
    const strategy = [{ capacityProvider: config.capacityProvider, weight: 1 }]
    return withPlatform({ capacityProviderStrategy: strategy }, service)
  }
  if (config.launchType !== undefined) return withPlatform({ launchType: config.launchType }, service)
  if (service?.capacityProviderStrategy?.length) {
    return withPlatform({ capacityProviderStrategy: service.capacityProviderStrategy }, service)
  }
  // Fargate supports awsvpc only, so a bridge or host task must be for EC2.
  const launchType = service?.launchType ?? (definition.networkMode === 'awsvpc' ? 'FARGATE' : 'EC2')
  return withPlatform({ launchType }, service)
}

/** Whether Fargate runs, and bills, the task. */
export function onFargate(launch: Launch): boolean {
  if (launch.launchType !== undefined) return launch.launchType === 'FARGATE'
  return !!launch.capacityProviderStrategy?.every(({ capacityProvider }) =>
    /^FARGATE(_SPOT)?$/.test(capacityProvider),
  )
}

/** Only Fargate has platform versions; otherwise ECS refuses the member. */
function withPlatform(launch: Launch, service: Service | undefined): Launch {
  const platformVersion = service?.platformVersion
  return platformVersion !== undefined && onFargate(launch) ? { ...launch, platformVersion } : launch
}

import type { ENUMERATIONS } from '../enumerations.ts'
import type { Registration } from '../task-definition.ts'
import { fargateObstacle } from './fargate-obstacle.ts'

type Compatibility = (typeof ENUMERATIONS.Compatibility)[number]

/** Why a definition cannot run where it is said to run; `undefined` if it can. */
export const OBSTACLES: Readonly<Record<Compatibility, (registration: Registration) => string | undefined>> =
  {
    EC2: () => undefined,
    EXTERNAL: ({ networkMode }) =>
      networkMode === 'awsvpc' ? "External instances do not support network mode 'awsvpc'." : undefined,
    FARGATE: fargateObstacle,
    MANAGED_INSTANCES: managedInstancesObstacle,
  }

const LOG_DRIVERS: readonly string[] = ['awslogs', 'splunk', 'awsfirelens', 'json-file']

function managedInstancesObstacle({ networkMode, containerDefinitions }: Registration): string | undefined {
  if (networkMode !== 'awsvpc' && networkMode !== 'host') {
    return "Managed Instances only support network modes 'awsvpc' and 'host'."
  }
  const drivers = containerDefinitions.flatMap(({ logConfiguration }) => logConfiguration?.logDriver ?? [])
  const driver = drivers.find((name) => !LOG_DRIVERS.includes(name))
  return driver && `Managed Instances do not support log driver ${driver}`
}

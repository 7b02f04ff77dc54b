import type { Account } from '../../account/account.ts'
import { CALLER_ARN } from '../../account/arn.ts'
import type { Service } from '../../account/service.ts'
import { countTasks } from '../../task/count-tasks.ts'

/** A service as CreateService, UpdateService and DescribeServices show it. */
export function describeService(account: Account, service: Service, withTags: boolean): unknown {
  const { name, arn, cluster, status, settings, createdAt, tags } = service
  const counts = countsOf(account, service)
  return {
    ...DEFAULTS,
    ...settings,
    serviceArn: arn,
    serviceName: name,
    clusterArn: cluster.arn,
    status,
    ...counts,
    createdAt,
    createdBy: CALLER_ARN,
    deployments: status === 'ACTIVE' ? [deployment(service, counts)] : [],
    events: [],
    tags: withTags ? tags : [],
  }
}

/** What ECS shows if the service was not given it. */
const DEFAULTS = {
  loadBalancers: [],
  serviceRegistries: [],
  deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
  enableECSManagedTags: false,
  propagateTags: 'NONE',
} as const

interface Counts {
  readonly runningCount: number
  readonly pendingCount: number
}

function countsOf({ tasks }: Account, { name, cluster }: Service): Counts {
  const own = [...tasks.values()].filter(
    (task) => task.cluster === cluster && task.group === `service:${name}`,
  )
  const { running, pending } = countTasks(own)
  return { runningCount: running, pendingCount: pending }
}

function deployment({ settings, deployment: { id, createdAt } }: Service, counts: Counts): unknown {
  const { taskDefinition, desiredCount, launchType, capacityProviderStrategy, networkConfiguration } =
    settings
  return {
    id,
    status: 'PRIMARY',
    taskDefinition,
    desiredCount,
    ...counts,
    failedTasks: 0,
    createdAt,
    updatedAt: createdAt,
    launchType,
    capacityProviderStrategy,
    networkConfiguration,
    rolloutState: counts.runningCount === desiredCount ? 'COMPLETED' : 'IN_PROGRESS',
  }
}

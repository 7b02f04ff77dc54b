import type { Account } from '../../account/account.ts'
import type { Cluster } from '../../account/cluster.ts'
import type { ENUMERATIONS } from '../../account/enumerations.ts'
import { countTasks } from '../../task/count-tasks.ts'
import type { Task } from '../../task/task.ts'

export type ClusterField = (typeof ENUMERATIONS.ClusterField)[number]

/** A cluster as CreateCluster, DeleteCluster and DescribeClusters show it. */
export function describeCluster(
  account: Account,
  cluster: Cluster,
  include: readonly ClusterField[],
): unknown {
  const { name, arn, status, settings, tags } = cluster
  const tasks = [...account.tasks.values()].filter((task) => task.cluster === cluster)
  const services = [...account.services.values()].filter(
    (service) => service.cluster === cluster && service.status === 'ACTIVE',
  )
  const { running, pending } = countTasks(tasks)
  return {
    clusterArn: arn,
    clusterName: name,
    status,
    registeredContainerInstancesCount: account.instance.clusterArn === arn ? 1 : 0,
    runningTasksCount: running,
    pendingTasksCount: pending,
    activeServicesCount: services.length,
    capacityProviders: settings.capacityProviders,
    defaultCapacityProviderStrategy: settings.defaultCapacityProviderStrategy,
    serviceConnectDefaults: settings.serviceConnectDefaults,
    settings: include.includes('SETTINGS') ? withDefault(settings.settings) : [],
    ...(include.includes('CONFIGURATIONS') && { configuration: settings.configuration }),
    statistics: include.includes('STATISTICS') ? statistics(tasks) : [],
    tags: include.includes('TAGS') ? tags : [],
  }
}

function withDefault(settings: Cluster['settings']['settings']): Cluster['settings']['settings'] {
  return settings.length > 0 ? settings : [{ name: 'containerInsights', value: 'disabled' }]
}

/** The API has these counts by launch type, as text. */
function statistics(tasks: readonly Task[]): readonly unknown[] {
  return (['EC2', 'FARGATE'] as const).flatMap((launchType) => {
    const { running, pending } = countTasks(tasks.filter(({ launch }) => launch.launchType === launchType))
    const label = launchType === 'EC2' ? 'EC2' : 'Fargate'
    return [
      { name: `running${label}TasksCount`, value: String(running) },
      { name: `pending${label}TasksCount`, value: String(pending) },
    ]
  })
}

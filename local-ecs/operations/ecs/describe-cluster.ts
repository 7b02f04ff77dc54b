import type { Account } from '../../account/account.ts'
import type { Cluster } from '../../account/cluster.ts'

/** A cluster as CreateCluster and DescribeClusters show it. */
export function describeCluster(account: Account, cluster: Cluster, withTags: boolean): unknown {
  const tasks = [...account.tasks.values()].filter((task) => task.cluster === cluster)
  const services = [...account.services.values()].filter(({ clusterArn }) => clusterArn === cluster.arn)
  const pending = ['PROVISIONING', 'PENDING', 'ACTIVATING']
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: 'ACTIVE',
    registeredContainerInstancesCount: account.instance.clusterArn === cluster.arn ? 1 : 0,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(({ lastStatus }) => pending.includes(lastStatus)).length,
    activeServicesCount: services.length,
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    defaultCapacityProviderStrategy: [],
    settings: [],
    statistics: [],
    tags: withTags ? cluster.tags : [],
  }
}

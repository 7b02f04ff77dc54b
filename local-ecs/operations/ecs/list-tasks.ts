import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { type Cluster, findCluster } from '../../account/cluster.ts'
import { instanceArn } from '../../account/container-instance.ts'
import { oneOf } from '../../account/enumerations.ts'
import { existingService } from '../../account/service.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { desiredStatus } from '../../task/end-task.ts'
import type { Task } from '../../task/task.ts'
import { PageInput, page } from '../page.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  containerInstance: v.optional(v.string()),
  desiredStatus: v.optional(oneOf('DesiredStatus'), 'RUNNING'),
  family: v.optional(v.string()),
  launchType: v.optional(oneOf('LaunchType')),
  serviceName: v.optional(v.string()),
  startedBy: v.optional(v.string()),
  ...PageInput,
})

type Filters = Omit<v.InferOutput<typeof Input>, 'cluster' | 'maxResults' | 'nextToken'>

/** Without `desiredStatus`, ECS means RUNNING. No task ever desires PENDING. */
export function listTasks(account: Account, body: unknown): unknown {
  const { cluster: reference, maxResults, nextToken, ...filters } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  const matches = matcher(account, cluster, filters)
  const tasks = [...account.tasks.values()].filter((task) => task.cluster === cluster && matches(task))
  const { items, ...rest } = page(tasks, { maxResults, nextToken })
  return { taskArns: items.map(({ arn }) => arn), ...rest }
}

function matcher(account: Account, cluster: Cluster, filters: Filters): (task: Task) => boolean {
  const { containerInstance, desiredStatus: status, family, launchType, serviceName, startedBy } = filters
  const others = [containerInstance, family, launchType, serviceName]
  if (startedBy !== undefined && others.some((filter) => filter !== undefined)) {
    throw invalidParameter('cannot specify startedBy with other arguments')
  }
  const service = serviceName === undefined ? undefined : existingService(account, cluster, serviceName)
  const instance = containerInstance === undefined ? undefined : instanceArn(cluster, containerInstance)
  return (task) =>
    desiredStatus(task) === status &&
    (startedBy === undefined || task.startedBy === startedBy) &&
    (family === undefined || task.definition.family === family) &&
    (launchType === undefined || task.launch.launchType === launchType) &&
    (service === undefined || task.group === `service:${service.name}`) &&
    (instance === undefined ||
      ('containerInstanceArn' in task.launch && task.launch.containerInstanceArn === instance))
}

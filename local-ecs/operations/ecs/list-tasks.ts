import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { desiredStatus } from '../../task/end-task.ts'
import type { Task } from '../../task/task.ts'
import { PageInput, page } from '../page.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  containerInstance: v.optional(v.string()),
  desiredStatus: v.optional(v.picklist(['RUNNING', 'PENDING', 'STOPPED'])),
  family: v.optional(v.string()),
  launchType: v.optional(v.string()),
  serviceName: v.optional(v.string()),
  startedBy: v.optional(v.string()),
  ...PageInput,
})

type Filters = Omit<v.InferOutput<typeof Input>, 'cluster' | 'maxResults' | 'nextToken'>

export function listTasks(account: Account, body: unknown): unknown {
  const { cluster: reference, maxResults, nextToken, ...filters } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  if (
    filters.startedBy !== undefined &&
    Object.values(filters).filter((value) => value !== undefined).length > 1
  ) {
    throw invalidParameter('startedBy can not be combined with other filters.')
  }
  const tasks = [...account.tasks.values()].filter(
    (task) => task.cluster === cluster && matches(task, filters),
  )
  const { items, ...rest } = page(tasks, { maxResults, nextToken })
  return { taskArns: items.map(({ arn }) => arn), ...rest }
}

/** Without `desiredStatus`, ECS means RUNNING. No task ever desires PENDING. */
function matches(task: Task, filters: Filters): boolean {
  const {
    containerInstance,
    desiredStatus: status = 'RUNNING',
    family,
    launchType,
    serviceName,
    startedBy,
  } = filters
  const instance = task.launch.launchType === 'EC2' ? task.launch.containerInstanceArn : undefined
  return (
    desiredStatus(task) === status &&
    (startedBy === undefined || task.startedBy === startedBy) &&
    (family === undefined || task.definition.family === family) &&
    (launchType === undefined || task.launch.launchType === launchType) &&
    (serviceName === undefined || task.group === `service:${serviceName}`) &&
    (containerInstance === undefined || (instance?.endsWith(containerInstance) ?? false))
  )
}

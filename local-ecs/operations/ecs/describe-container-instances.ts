import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { instanceArn } from '../../account/container-instance.ts'
import { oneOf } from '../../account/enumerations.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { countTasks } from '../../task/count-tasks.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  containerInstances: v.array(v.string()),
  include: v.optional(v.array(oneOf('ContainerInstanceField')), []),
})

export function describeContainerInstances(account: Account, body: unknown): unknown {
  const { cluster: reference, containerInstances } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  if (containerInstances.length === 0) throw invalidParameter('Container instances cannot be empty.')
  if (containerInstances.length > 100) {
    throw invalidParameter('Container instances can not have more than 100 elements.')
  }
  const arns = containerInstances.map((id) => instanceArn(cluster, id))
  const { instance } = account
  return {
    containerInstances: arns.includes(instance.arn) ? [describeInstance(account)] : [],
    failures: arns.filter((arn) => arn !== instance.arn).map((arn) => ({ arn, reason: 'MISSING' })),
  }
}

function describeInstance({ instance, tasks }: Account): unknown {
  const placed = [...tasks.values()].filter(({ launch }) => 'containerInstanceArn' in launch)
  const { running, pending } = countTasks(placed)
  return {
    containerInstanceArn: instance.arn,
    ec2InstanceId: instance.ec2InstanceId,
    status: 'ACTIVE',
    agentConnected: true,
    runningTasksCount: running,
    pendingTasksCount: pending,
    attachments: [],
    attributes: [],
    tags: [],
  }
}

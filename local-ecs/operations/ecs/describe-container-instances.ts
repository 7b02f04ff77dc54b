import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { ecsArn, lastOfArn } from '../../account/arn.ts'
import { findCluster } from '../../account/cluster.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'

const Input = v.object({ cluster: v.optional(v.string()), containerInstances: v.array(v.string()) })

export function describeContainerInstances(account: Account, body: unknown): unknown {
  const { cluster: reference, containerInstances } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  if (containerInstances.length === 0) throw invalidParameter('Container instances cannot be empty.')
  const arns = containerInstances.map((id) => ecsArn(`container-instance/${cluster.name}/${lastOfArn(id)}`))
  const { instance } = account
  return {
    containerInstances: arns.includes(instance.arn) ? [describeInstance(account)] : [],
    failures: arns.filter((arn) => arn !== instance.arn).map((arn) => ({ arn, reason: 'MISSING' })),
  }
}

function describeInstance({ instance, tasks }: Account): unknown {
  const running = [...tasks.values()].filter(
    ({ launch, lastStatus }) => launch.launchType === 'EC2' && lastStatus === 'RUNNING',
  )
  return {
    containerInstanceArn: instance.arn,
    ec2InstanceId: instance.ec2InstanceId,
    status: 'ACTIVE',
    agentConnected: true,
    runningTasksCount: running.length,
    pendingTasksCount: 0,
    attachments: [],
    attributes: [],
    tags: [],
  }
}

import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { ecsArn, lastOfArn } from '../../account/arn.ts'
import { findCluster } from '../../account/cluster.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { describeTask } from '../../task/describe-task.ts'
import { findTask } from '../../task/find-task.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  tasks: v.array(v.string()),
  include: v.optional(v.array(v.string()), []),
})

export function describeTasks(account: Account, body: unknown): unknown {
  const { cluster: reference, tasks: references, include } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  if (references.length === 0) throw invalidParameter('Tasks cannot be empty.')
  if (references.length > 100) throw invalidParameter('Tasks can not have more than 100 elements.')
  const found = references.map((task) => findTask(account, cluster, task))
  return {
    tasks: found.flatMap((task) => (task ? [describeTask(task, include.includes('TAGS'))] : [])),
    failures: references.flatMap((task, index) =>
      found[index] ? [] : [{ arn: ecsArn(`task/${cluster.name}/${lastOfArn(task)}`), reason: 'MISSING' }],
    ),
  }
}

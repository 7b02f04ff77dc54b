import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { oneOf } from '../../account/enumerations.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { describeTask } from '../../task/describe-task.ts'
import { taskArn } from '../../task/find-task.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  tasks: v.array(v.string()),
  include: v.optional(v.array(oneOf('TaskField')), []),
})

export function describeTasks(account: Account, body: unknown): unknown {
  const { cluster: reference, tasks: references, include } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  if (references.length === 0) throw invalidParameter('Tasks cannot be empty.')
  if (references.length > 100) throw invalidParameter('Tasks can not have more than 100 elements.')
  const arns = references.map((task) => taskArn(cluster, task))
  return {
    tasks: arns.flatMap((arn) => {
      const task = account.tasks.get(arn)
      return task ? [describeTask(task, include.includes('TAGS'))] : []
    }),
    failures: arns.filter((arn) => !account.tasks.has(arn)).map((arn) => ({ arn, reason: 'MISSING' })),
  }
}

import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { describeTask } from '../../task/describe-task.ts'
import { endTask } from '../../task/end-task.ts'
import { findTask } from '../../task/find-task.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  task: v.string(),
  reason: v.optional(v.string(), 'Task stopped by user'),
})

/** Answers at once, while the task takes its time to stop. For a stopped task, the answer shows its state. */
export function stopTask(account: Account, body: unknown): unknown {
  const { cluster, task: reference, reason } = readInput(Input, body)
  if (reason.length > 1024) throw invalidParameter('reason longer than 1024.')
  const task = findTask(account, findCluster(account, cluster), reference)
  if (!task) throw invalidParameter('The referenced task was not found.')
  endTask(task, { stopCode: 'UserInitiated', reason })
  return { task: describeTask(task, true) }
}

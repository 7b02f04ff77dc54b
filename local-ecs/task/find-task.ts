import type { Account } from '../account/account.ts'
import { ecsArn, lastOfArn } from '../account/arn.ts'
import type { Cluster } from '../account/cluster.ts'
import type { Task } from './task.ts'

/** @param reference an id or an ARN */
export function findTask(account: Account, cluster: Cluster, reference: string): Task | undefined {
  return account.tasks.get(ecsArn(`task/${cluster.name}/${lastOfArn(reference)}`))
}

import type { Account } from '../account/account.ts'
import { ecsArn } from '../account/arn.ts'
import type { Cluster } from '../account/cluster.ts'
import { checkId, nameInCluster } from '../account/reference.ts'
import type { Task } from './task.ts'

/** @param reference an id or an ARN */
export function findTask(account: Account, cluster: Cluster, reference: string): Task | undefined {
  return account.tasks.get(taskArn(cluster, reference))
}

/** @throws Refusal if the reference cannot be that of a task in this cluster */
export function taskArn(cluster: Cluster, reference: string): string {
  const id = nameInCluster(cluster, reference, 'task')
  checkId(id, 'taskId')
  return ecsArn(`task/${cluster.name}/${id}`)
}

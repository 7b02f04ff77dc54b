import { Refusal } from '../protocol/refusal.ts'
import type { Account } from './account.ts'
import { ecsArn, lastOfArn } from './arn.ts'
import type { Tag } from './tag.ts'

export interface Cluster {
  readonly name: string
  readonly arn: string
  tags: readonly Tag[]
}

export function makeCluster(name: string, tags: readonly Tag[] = []): Cluster {
  return { name, arn: ecsArn(`cluster/${name}`), tags }
}

/** @param reference a name or an ARN; if it is missing, ECS uses the cluster `default` */
export function findCluster(account: Account, reference = 'default'): Cluster {
  const cluster = account.clusters.get(lastOfArn(reference))
  if (!cluster || (reference.startsWith('arn:') && reference !== cluster.arn)) {
    throw new Refusal('ClusterNotFoundException', 'Cluster not found.')
  }
  return cluster
}

import { Refusal } from '../protocol/refusal.ts'
import type { Account } from './account.ts'
import { ecsArn } from './arn.ts'
import { checkName, readReference } from './reference.ts'
import type { Tag } from './tag.ts'

export interface Cluster {
  readonly name: string
  readonly arn: string
  /** ECS shows a deleted cluster as INACTIVE. */
  status: 'ACTIVE' | 'INACTIVE'
  settings: ClusterSettings
  tags: readonly Tag[]
}

/** What CreateCluster is given besides the name and the tags. */
export interface ClusterSettings {
  readonly capacityProviders: readonly string[]
  readonly defaultCapacityProviderStrategy: readonly StrategyItem[]
  readonly settings: readonly { readonly name: string; readonly value?: string | undefined }[]
  readonly configuration?: unknown
  readonly serviceConnectDefaults?: unknown
}

/** A member of a capacity provider strategy. */
export interface StrategyItem {
  readonly capacityProvider: string
  readonly weight?: number | undefined
  readonly base?: number | undefined
}

export interface MakeClusterInput {
  readonly settings: ClusterSettings
  readonly tags: readonly Tag[]
}

export function makeCluster(name: string, { settings, tags }: MakeClusterInput): Cluster {
  return { name, arn: ecsArn(`cluster/${name}`), status: 'ACTIVE', settings, tags }
}

/** @param reference a name or an ARN; if it is missing, ECS uses the cluster `default` */
export function findCluster(account: Account, reference = 'default'): Cluster {
  const { name } = readReference(reference, 'cluster')
  checkName(name, 'Cluster')
  const cluster = account.clusters.get(name)
  if (!cluster) throw new Refusal('ClusterNotFoundException', 'Cluster not found.')
  if (cluster.status === 'INACTIVE') {
    throw new Refusal('ClusterNotFoundException', 'The referenced cluster was inactive.')
  }
  return cluster
}

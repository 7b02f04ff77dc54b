import type { Account } from './account.ts'
import { ecsArn, lastOfArn } from './arn.ts'
import type { Cluster } from './cluster.ts'
import type { Tag } from './tag.ts'

/** A service as DescribeServices shows it. It runs no tasks; a one-off task copies its settings. */
export interface Service {
  readonly serviceArn: string
  readonly serviceName: string
  readonly clusterArn: string
  readonly status: 'ACTIVE'
  /** Absent if an external controller deploys. */
  readonly taskDefinition?: string | undefined
  readonly launchType?: string | undefined
  readonly [member: string]: unknown
  tags: readonly Tag[]
}

export function serviceArn(cluster: Cluster, name: string): string {
  return ecsArn(`service/${cluster.name}/${name}`)
}

/** @param reference a name or an ARN */
export function findService(account: Account, cluster: Cluster, reference: string): Service | undefined {
  return account.services.get(serviceArn(cluster, lastOfArn(reference)))
}

import { Refusal } from '../protocol/refusal.ts'
import type { Account } from './account.ts'
import { ecsArn } from './arn.ts'
import type { Cluster } from './cluster.ts'
import { checkName, nameInCluster } from './reference.ts'
import type { Tag } from './tag.ts'

/** A service. It runs no tasks; a one-off task copies its settings. */
export interface Service {
  readonly name: string
  readonly arn: string
  readonly cluster: Cluster
  /** ECS shows a deleted service as INACTIVE. */
  status: 'ACTIVE' | 'INACTIVE'
  settings: ServiceSettings
  deployment: Deployment
  readonly createdAt: number
  tags: readonly Tag[]
}

/** What CreateService and UpdateService were given, with ECS's defaults. */
export interface ServiceSettings {
  readonly desiredCount: number
  readonly schedulingStrategy: string
  readonly deploymentController: { readonly type: string }
  /** An ARN. Absent if an external controller deploys. */
  readonly taskDefinition?: string | undefined
  readonly launchType?: string | undefined
  readonly networkConfiguration?: unknown
  readonly [member: string]: unknown
}

export interface Deployment {
  readonly id: string
  readonly createdAt: number
}

export function serviceArn(cluster: Cluster, reference: string): string {
  const name = nameInCluster(cluster, reference, 'service')
  checkName(name, 'Service')
  return ecsArn(`service/${cluster.name}/${name}`)
}

/** @param reference a name or an ARN. @throws Refusal if there is no such service, or none any more */
export function existingService(account: Account, cluster: Cluster, reference: string): Service {
  const service = account.services.get(serviceArn(cluster, reference))
  if (service?.status === 'ACTIVE') return service
  throw service
    ? new Refusal('ServiceNotActiveException', 'Service was not ACTIVE.')
    : new Refusal('ServiceNotFoundException', 'Service not found.')
}

import { ecsArn } from './arn.ts'
import type { Cluster } from './cluster.ts'
import { ecsId } from './identifier.ts'
import { checkId, nameInCluster } from './reference.ts'

/** This machine as an ECS container instance, which runs the tasks that do not run on Fargate. */
export interface ContainerInstance {
  readonly arn: string
  readonly clusterArn: string
  readonly ec2InstanceId: string
  /** Both its private and its public address. Nothing outside this machine can reach a task. */
  readonly address: string
}

export function makeContainerInstance(cluster: Cluster): ContainerInstance {
  return {
    arn: instanceArn(cluster, ecsId()),
    clusterArn: cluster.arn,
    ec2InstanceId: 'i-0f000000000000001',
    address: '127.0.0.1',
  }
}

/** @param reference an id or an ARN. @throws Refusal if it cannot be that of an instance in this cluster */
export function instanceArn(cluster: Cluster, reference: string): string {
  const id = nameInCluster(cluster, reference, 'container-instance')
  checkId(id, 'instanceId')
  return ecsArn(`container-instance/${cluster.name}/${id}`)
}

import { ecsArn } from './arn.ts'
import { ecsId } from './identifier.ts'

/** This machine as an ECS container instance, which runs tasks of the EC2 launch type. */
export interface ContainerInstance {
  readonly arn: string
  readonly clusterArn: string
  readonly ec2InstanceId: string
  /** Both its private and its public address. Nothing outside this machine can reach a task. */
  readonly address: string
}

export function makeContainerInstance(cluster: {
  readonly name: string
  readonly arn: string
}): ContainerInstance {
  return {
    arn: ecsArn(`container-instance/${cluster.name}/${ecsId()}`),
    clusterArn: cluster.arn,
    ec2InstanceId: 'i-0f000000000000001',
    address: '127.0.0.1',
  }
}

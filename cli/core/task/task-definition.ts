import type { TaskDefinitionDocument } from './definition-document.ts'
import type { PortBinding } from './task.ts'

/** The parts of an ECS task definition that fargate-login uses. */
export interface TaskDefinition {
  readonly arn: string
  readonly networkMode: NetworkMode
  readonly containers: readonly [ContainerDefinition, ...ContainerDefinition[]]
  /** Absent if the definition has no task-level size (EC2 launch type). */
  readonly size?: TaskSize
  /** In ECS's spelling, without the unread members. */
  readonly document: TaskDefinitionDocument
  /** Members in ECS's description that this version does not know: paths such as `containerDefinitions[].newMember`. */
  readonly unread: readonly string[]
}

export type NetworkMode = 'awsvpc' | 'bridge' | 'host' | 'none'

export interface ContainerDefinition {
  readonly name: string
  readonly image: string
  readonly labels: Readonly<Record<string, string>>
  /** The instance ports that the definition fixes; absent if there are none. */
  readonly fixedPorts?: readonly PortBinding[]
}

export interface TaskSize {
  /** 1024 units are one vCPU. */
  readonly cpuUnits: number
  readonly memoryMib: number
  readonly architecture: 'X86_64' | 'ARM64'
}

/** The parts of an ECS service that a one-off task takes over. */
export interface Service {
  readonly taskDefinition: string
  readonly network?: Network
  readonly launchType?: string
  readonly capacityProviderStrategy?: readonly CapacityProvider[]
  readonly platformVersion?: string
}

export interface Network {
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly assignPublicIp: boolean
}

export interface CapacityProvider {
  readonly capacityProvider: string
  readonly weight?: number
  readonly base?: number
}

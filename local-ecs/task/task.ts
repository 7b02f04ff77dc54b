import type { Cluster } from '../account/cluster.ts'
import type { ContainerDefinition } from '../account/container-definition.ts'
import type { Tag } from '../account/tag.ts'
import type { TaskDefinition } from '../account/task-definition.ts'
import type { LaunchChoice } from './launch/choose-launch.ts'
import type { NetworkInterface } from './launch/network-interface.ts'
import type { Overrides } from './launch/overrides.ts'
import type { TaskState } from './state.ts'

/** A task as ECS knows it. `runLife` changes it, and the operations show it. */
export interface Task {
  readonly id: string
  readonly arn: string
  readonly cluster: Cluster
  readonly definition: TaskDefinition
  readonly overrides: Overrides
  readonly launch: LaunchChoice
  readonly group: string
  readonly startedBy?: string | undefined
  readonly enableExecuteCommand: boolean
  readonly availabilityZone: string
  readonly networkInterface?: NetworkInterface | undefined
  readonly containers: readonly TaskContainer[]
  tags: readonly Tag[]
  lastStatus: TaskState
  /** Why the task ends. The first reason stays. */
  ending?: Ending
  /** Aborted when the task has to end. */
  readonly stop: AbortController
  /** Resolves when the task is gone and has released its resources. */
  gone: Promise<void>
  readonly times: TaskTimes
}

export interface TaskContainer {
  readonly arn: string
  readonly definition: ContainerDefinition
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED'
  runtimeId?: string
  exitCode?: number
  reason?: string
  /** The result of its health check; always UNKNOWN without one. */
  healthStatus: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY'
  networkBindings: readonly NetworkBinding[]
}

export interface NetworkBinding {
  readonly bindIP: string
  readonly containerPort: number
  readonly hostPort: number
  readonly protocol: 'tcp'
}

export interface Ending {
  readonly stopCode: StopCode
  readonly reason: string
}

export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'SpotInterruption'
  | 'TerminationNotice'
  | 'ServiceSchedulerInitiated'

/** Seconds since 1970. */
export interface TaskTimes {
  readonly createdAt: number
  connectivityAt?: number
  pullStartedAt?: number
  pullStoppedAt?: number
  startedAt?: number
  stoppingAt?: number
  stoppedAt?: number
  executionStoppedAt?: number
}

import type { ArmedFaults } from '../faults/armed-faults.ts'
import type { Runner } from '../runners/runner.ts'
import type { SecretStore } from '../task/containers/read-secret.ts'
import type { Delays } from '../task/delays.ts'
import type { Task } from '../task/task.ts'
import { CAPACITY_PROVIDERS } from './capacity-provider.ts'
import { type Cluster, type ClusterSettings, makeCluster } from './cluster.ts'
import { type ContainerInstance, makeContainerInstance } from './container-instance.ts'
import type { Service } from './service.ts'
import type { TaskDefinition } from './task-definition.ts'

/** The state that the operations read and change: one AWS account in one Region, in memory. */
export interface Account {
  /** By name. */
  readonly clusters: Map<string, Cluster>
  /** By family, with the revisions in order. */
  readonly taskDefinitions: Map<string, TaskDefinition[]>
  /** By ARN. */
  readonly services: Map<string, Service>
  /** By ARN, including stopped tasks. */
  readonly tasks: Map<string, Task>
  /** RunTask calls by cluster and clientToken. */
  readonly launches: Map<string, Launch>
  readonly instance: ContainerInstance
  readonly secrets: SecretStore
  readonly runner: Runner
  readonly faults: ArmedFaults
  readonly delays: Delays
  readonly log: (line: string) => void
  /** Aborted at the take-down. After that, nothing reads the states. */
  readonly closing: AbortController
}

/** A RunTask call that can be repeated. */
export interface Launch {
  readonly request: string
  readonly result: Promise<LaunchResult>
}

/** The result of a RunTask call. */
export interface LaunchResult {
  readonly tasks: readonly Task[]
  readonly failures: readonly Failure[]
}

export interface Failure {
  readonly reason: string
  readonly detail: string
}

const DEFAULT_CLUSTER: ClusterSettings = {
  capacityProviders: Object.keys(CAPACITY_PROVIDERS),
  defaultCapacityProviderStrategy: [],
  settings: [],
}

export type OpenAccountInput = Pick<Account, 'runner' | 'faults' | 'delays' | 'secrets' | 'log'>

export function openAccount(input: OpenAccountInput): Account {
  const cluster = makeCluster('default', { settings: DEFAULT_CLUSTER, tags: [] })
  return {
    ...input,
    clusters: new Map([[cluster.name, cluster]]),
    taskDefinitions: new Map(),
    services: new Map(),
    tasks: new Map(),
    launches: new Map(),
    instance: makeContainerInstance(cluster),
    closing: new AbortController(),
  }
}

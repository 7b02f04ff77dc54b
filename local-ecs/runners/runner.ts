import type { ContainerSettings } from './container-settings.ts'

export type RunnerKind = 'container' | 'process'

/** Runs tasks on this machine. `runLife` drives it. */
export interface Runner {
  readonly kind: RunnerKind
  /**
   * Reserves the resources that the task needs on this machine, without starting anything.
   * @throws NotPlaced
   */
  reserve(request: TaskRequest): Promise<Reservation>
  /** Ends everything that still runs. */
  close(): Promise<void>
}

/** A task for the runner. Everything is decided, and nothing is in ECS's terms. */
export interface TaskRequest {
  readonly id: string
  readonly network: TaskNetwork
  readonly containers: readonly ContainerRequest[]
  /** The volumes that the containers' mounts refer to. */
  readonly volumes?: readonly VolumeRequest[]
  /** The processes that the containers see in addition to their own: the task's, or this machine's. */
  readonly processes?: 'task' | 'host'
}

export interface VolumeRequest {
  readonly name: string
  /** A directory of this machine. If absent, the volume exists only as long as the task. */
  readonly hostPath?: string
}

/**
 * - `own`: the task has its own address (awsvpc); `own-ipv6` if the subnet has IPv6 only;
 * - `bridge`: each container has an address, reached through ports of this machine;
 * - `host`: the ports of this machine itself;
 * - `none`: no connections.
 */
export type TaskNetwork = 'own' | 'own-ipv6' | 'bridge' | 'host' | 'none'

export interface ContainerRequest {
  readonly name: string
  readonly image: string
  readonly essential: boolean
  readonly entryPoint?: readonly string[]
  readonly command?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly workingDirectory?: string
  readonly user?: string
  /** The TCP ports that it listens on. */
  readonly ports: readonly number[]
  /** Whether another container of the task waits for the end of this one. */
  readonly isStep?: boolean
  readonly settings?: ContainerSettings
}

/** The resources reserved for a task. It can be started with them, and must release them. */
export interface Reservation {
  /** Sets up the network. @returns the task's own address, if it has one */
  attach(): Promise<TaskAddress | undefined>
  /** Pulls the image. @throws StartFailure */
  pull(container: ContainerRequest, signal: AbortSignal): Promise<void>
  /** @throws StartFailure */
  start(container: ContainerRequest): Promise<RunningContainer>
  /** The address on this machine that reaches a port of a started container. */
  reach(container: ContainerRequest, port: number): Promise<Endpoint>
  /** Releases everything. Call it after the containers have ended. */
  release(): Promise<void>
}

export interface TaskAddress {
  readonly ipv4?: string
  readonly ipv6?: string
}

export interface Endpoint {
  readonly host: string
  readonly port: number
}

export interface RunningContainer {
  /** The machine's ID for it: a container ID or a process ID. */
  readonly runtimeId: string
  /** Resolves when the container has ended. Never rejects. */
  readonly exited: Promise<ContainerExit>
  /** Runs a health check in the container. Never rejects; an aborted check counts as failed. */
  isHealthy(command: readonly string[], signal: AbortSignal): Promise<boolean>
  /** Sends SIGTERM. */
  terminate(): Promise<void>
  /** Sends SIGKILL. */
  kill(): Promise<void>
}

export interface ContainerExit {
  /** In the shell's form: 128+N for signal N. */
  readonly code: number
  /** The end of its output, which may explain the exit. */
  readonly lastLines: readonly string[]
}

import type { ContainerSettings } from './container-settings.ts'

export type RunnerKind = 'container' | 'process'

/** Runs tasks on this machine. `runLife` drives it. */
export interface Runner {
  readonly kind: RunnerKind
  /**
   * Takes what the task needs from the machine, starts nothing.
   * @throws NotPlaced
   */
  reserve(request: TaskRequest): Promise<Reservation>
  /** Ends whatever still runs. */
  close(): Promise<void>
}

/** A task for the runner: everything is decided, and nothing is in ECS's terms. */
export interface TaskRequest {
  readonly id: string
  readonly network: TaskNetwork
  readonly containers: readonly ContainerRequest[]
  /** What the containers' mounts name. */
  readonly volumes?: readonly VolumeRequest[]
  /** The processes that its containers see, where that is more than their own: the task's, or this machine's. */
  readonly processes?: 'task' | 'host'
}

export interface VolumeRequest {
  readonly name: string
  /** A directory of this machine; absent, the volume lives and dies with the task. */
  readonly hostPath?: string
}

/**
 * - `own`: an address of the task's own (awsvpc), `own-ipv6` where the subnet has IPv6 only;
 * - `bridge`: one address for each container, reached through ports of this machine;
 * - `host`: the ports of this machine themselves;
 * - `none`: nothing to connect to.
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
  /** TCP ports that it listens on. */
  readonly ports: readonly number[]
  /** Another container of the task is started only when this one has ended. */
  readonly isStep?: boolean
  readonly settings?: ContainerSettings
}

/** What a task has of the machine: it can be started there, and must be released. */
export interface Reservation {
  /** Sets up the network. The answer is the task's own address, where it has one. */
  attach(): Promise<TaskAddress | undefined>
  /** Gets the image. @throws StartFailure */
  pull(container: ContainerRequest, signal: AbortSignal): Promise<void>
  /** @throws StartFailure */
  start(container: ContainerRequest): Promise<RunningContainer>
  /** Where a port of a started container is reached from this machine. */
  reach(container: ContainerRequest, port: number): Promise<Endpoint>
  /** Gives everything back. Its containers have ended. */
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
  /** What the machine knows it by: a container ID, or a process ID. */
  readonly runtimeId: string
  /** Resolves when it has ended, never rejects. */
  readonly exited: Promise<ContainerExit>
  /** Executes a health check in it. Never rejects; an aborted check has failed. */
  isHealthy(command: readonly string[], signal: AbortSignal): Promise<boolean>
  /** Asks it to end: SIGTERM. */
  terminate(): Promise<void>
  /** Ends it: SIGKILL. */
  kill(): Promise<void>
}

export interface ContainerExit {
  /** As a shell has it: 128+N for signal N. */
  readonly code: number
  /** The end of its output, which may say why it ended. */
  readonly lastLines: readonly string[]
}

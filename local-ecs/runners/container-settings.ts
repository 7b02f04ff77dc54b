/** How to set up a container, apart from what it runs. Absent settings keep the engine's defaults. */
export interface ContainerSettings {
  readonly mounts: readonly Mount[]
  readonly volumesFrom: readonly { readonly container: string; readonly readOnly: boolean }[]
  readonly readOnlyRoot: boolean
  readonly privileged: boolean
  /** Names without `CAP_`, or `ALL`. */
  readonly capabilities: { readonly add: readonly string[]; readonly drop: readonly string[] }
  /** Whether the engine runs an init process as PID 1. */
  readonly init: boolean
  readonly tmpfs: readonly Tmpfs[]
  readonly sharedMemoryMib?: number
  readonly sysctls: readonly (readonly [name: string, value: string])[]
  readonly ulimits: readonly Ulimit[]
  readonly labels: Readonly<Record<string, string>>
  readonly openStdin: boolean
  readonly terminal: boolean
  readonly hostname?: string
  /** Lines for /etc/hosts. */
  readonly hosts: readonly { readonly name: string; readonly address: string }[]
}

export interface Mount {
  /** The name of one of the task's volumes. */
  readonly volume: string
  readonly path: string
  readonly readOnly: boolean
}

export interface Tmpfs {
  readonly path: string
  readonly sizeMib: number
  /** In mount(8)'s spelling. */
  readonly options: readonly string[]
}

export interface Ulimit {
  /** In docker's spelling, e.g. `nofile`. */
  readonly name: string
  /** -1 means no limit. */
  readonly soft: number
  readonly hard: number
}

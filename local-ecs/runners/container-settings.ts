/** How a container is set up, beside what it runs. What is absent is as the engine has it. */
export interface ContainerSettings {
  readonly mounts: readonly Mount[]
  readonly volumesFrom: readonly { readonly container: string; readonly readOnly: boolean }[]
  readonly readOnlyRoot: boolean
  readonly privileged: boolean
  /** Without `CAP_`, or `ALL`. */
  readonly capabilities: { readonly add: readonly string[]; readonly drop: readonly string[] }
  /** Whether an init process of the engine's is PID 1. */
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
  /** Of the task's volumes. */
  readonly volume: string
  readonly path: string
  readonly readOnly: boolean
}

export interface Tmpfs {
  readonly path: string
  readonly sizeMib: number
  /** As mount(8) has them. */
  readonly options: readonly string[]
}

export interface Ulimit {
  /** As docker spells it, e.g. `nofile`. */
  readonly name: string
  /** -1 is no limit. */
  readonly soft: number
  readonly hard: number
}

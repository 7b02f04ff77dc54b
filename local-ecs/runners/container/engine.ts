import { type ClientOptions, callClient } from './engine-client.ts'

/** A container engine that answers. */
export interface EngineInfo {
  readonly name: 'docker' | 'podman'
  /** Absolute path of its client. */
  readonly path: string
  readonly version: string
}

/** The options that an engine needs to start a container on this machine, found out by trying. */
export interface Quirks {
  /** Before the subcommand, e.g. `--runtime runc`. */
  readonly globalArguments: readonly string[]
  /** For `run` and `build`. */
  readonly limitArguments: readonly string[]
  /** Whether this machine reaches a container by its address: not on macOS, and not with a rootless engine. */
  readonly reachable: boolean
}

/** A container engine that is known to start containers, and how. */
export interface Engine extends EngineInfo {
  readonly quirks: Quirks
}

/** @throws EngineError */
export function engine(
  { path, quirks }: Engine,
  args: readonly string[],
  options?: ClientOptions,
): Promise<string> {
  return callClient(path, [...quirks.globalArguments, ...args], options)
}

/** The members of `inspect` that docker and podman spell alike. */
export interface ContainerInfo {
  readonly Id: string
  /** ISO 8601. */
  readonly Created: string
  readonly Config: {
    readonly Labels?: Readonly<Record<string, string>> | null
    /** podman before 5 has the number. */
    readonly StopSignal?: string | number
  }
  readonly NetworkSettings: {
    readonly IPAddress?: string
    readonly Networks?: Readonly<Record<string, { readonly IPAddress?: string }>> | null
    readonly Ports?: Readonly<Record<string, readonly { readonly HostPort: string }[] | null>> | null
  }
}

export async function inspect(client: Engine, id: string): Promise<ContainerInfo> {
  const [found] = JSON.parse(await engine(client, ['container', 'inspect', id])) as readonly ContainerInfo[]
  if (!found) throw new Error(`${client.name} shows nothing of container ${id}`)
  return found
}

/** Newer docker has it in the networks only. */
export function containerAddress({ NetworkSettings: network }: ContainerInfo): string | undefined {
  const addresses = [
    network.IPAddress,
    ...Object.values(network.Networks ?? {}).map(({ IPAddress }) => IPAddress),
  ]
  return addresses.find((address) => address !== undefined && address !== '')
}

import { type ClientOptions, callClient } from './engine-client.ts'

/** A container engine that responds. */
export interface EngineInfo {
  readonly name: 'docker' | 'podman'
  /** Absolute path of its client. */
  readonly path: string
  readonly version: string
}

/** The options that an engine needs to start containers on this machine, found by trial. */
export interface Quirks {
  /** Placed before the subcommand, e.g. `--runtime runc`. */
  readonly globalArguments: readonly string[]
  /** For `run` and `build`. */
  readonly limitArguments: readonly string[]
  /** Whether this machine can reach a container's address: not on macOS, and not with a rootless engine. */
  readonly reachable: boolean
}

/** A container engine that can start containers, and how. */
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

/** The members of `inspect` that docker and podman spell the same. */
export interface ContainerInfo {
  readonly Id: string
  /** ISO 8601. */
  readonly Created: string
  readonly Config: {
    readonly Labels?: Readonly<Record<string, string>> | null
    /** podman before 5 shows the number. */
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
  if (!found) throw new Error(`${client.name} knows nothing about container ${id}`)
  return found
}

/** Newer docker versions only have it in the networks. */
export function containerAddress({ NetworkSettings: network }: ContainerInfo): string | undefined {
  const addresses = [
    network.IPAddress,
    ...Object.values(network.Networks ?? {}).map(({ IPAddress }) => IPAddress),
  ]
  return addresses.find((address) => address !== undefined && address !== '')
}

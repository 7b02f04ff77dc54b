import { machineEnvironment } from '../../machine-environment.ts'

export interface EnvironmentArguments {
  readonly args: readonly string[]
  /** For the client's own environment. */
  readonly environment: Readonly<Record<string, string>>
}

/** Names that no client of an engine reads for itself. */
const HARMLESS =
  /^(?!DOCKER_|BUILDKIT_|BUILDX_|CONTAINERS?_|PODMAN_|STORAGE_|BUILDAH_|XDG_|LD_|GO|TMPDIR$|PATH$|HOME$)[A-Za-z_][\w.-]*$/

/**
 * Variables go to the engine's client by name, their values in its environment: `ps` shows no secret, and a value may
 * have new lines. Where a name means something to the client itself (PATH, HOME, DOCKER_HOST), or is none that it
 * takes from there, the value has to go on the command line.
 */
export function environmentArguments(variables: Readonly<Record<string, string>>): EnvironmentArguments {
  const entries = Object.entries(variables)
  const isOpen = ([name]: readonly [string, string]) => name in machineEnvironment() || !HARMLESS.test(name)
  return {
    args: entries.flatMap(([name, value]) => ['-e', isOpen([name, value]) ? `${name}=${value}` : name]),
    environment: Object.fromEntries(entries.filter((entry) => !isOpen(entry))),
  }
}

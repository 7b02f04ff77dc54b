export interface EnvironmentArguments {
  readonly args: readonly string[]
  /** For the client's own environment. */
  readonly environment: Readonly<Record<string, string>>
}

/** Names that no client of an engine reads for itself. */
const HARMLESS =
  /^(?!(DOCKER|BUILDKIT|BUILDX|_?CONTAINERS?|PODMAN|STORAGE|BUILDAH|XDG|DBUS|LISTEN|LD)_|GO|(NOTIFY_SOCKET|TMPDIR|PATH|HOME)$)[A-Za-z_][\w.-]*$/

/**
 * Variables go to the engine's client by name, their values in its environment: `ps` shows no secret, and a value may
 * have new lines. Where a name means something to the client itself (PATH, HOME, DOCKER_HOST), or is none that it
 * takes from there, the value has to go on the command line.
 */
export function environmentArguments(variables: Readonly<Record<string, string>>): EnvironmentArguments {
  const entries = Object.entries(variables)
  return {
    args: entries.flatMap(([name, value]) => ['-e', HARMLESS.test(name) ? name : `${name}=${value}`]),
    environment: Object.fromEntries(entries.filter(([name]) => HARMLESS.test(name))),
  }
}

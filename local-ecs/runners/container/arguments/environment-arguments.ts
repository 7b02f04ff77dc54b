export interface EnvironmentArguments {
  readonly args: readonly string[]
  /** Added to the environment of the engine's client. */
  readonly environment: Readonly<Record<string, string>>
}

/** Names that no engine's client reads for itself. */
const HARMLESS =
  /^(?!(DOCKER|BUILDKIT|BUILDX|_?CONTAINERS?|PODMAN|STORAGE|BUILDAH|XDG|DBUS|LISTEN|LD)_|GO|(NOTIFY_SOCKET|TMPDIR|PATH|HOME)$)[A-Za-z_][\w.-]*$/

/**
 * Passes variables by name, with their values in the client's environment. So `ps` shows no secrets, and values may
 * have line breaks. Some values must go on the command line: the client uses the name itself (PATH, HOME, DOCKER_HOST),
 * or would not read it from its environment.
 */
export function environmentArguments(variables: Readonly<Record<string, string>>): EnvironmentArguments {
  const entries = Object.entries(variables)
  return {
    args: entries.flatMap(([name, value]) => ['-e', HARMLESS.test(name) ? name : `${name}=${value}`]),
    environment: Object.fromEntries(entries.filter(([name]) => HARMLESS.test(name))),
  }
}

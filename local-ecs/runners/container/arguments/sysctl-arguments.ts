type Sysctl = readonly [name: string, value: string]

export function sysctlArguments(sysctls: readonly Sysctl[]): readonly string[] {
  return sysctls.flatMap(([name, value]) => ['--sysctl', `${name}=${value}`])
}

/** Those belong to whatever has the network: in an awsvpc task that is not the container. */
export function isOfNetwork([name]: Sysctl): boolean {
  return name.startsWith('net.')
}

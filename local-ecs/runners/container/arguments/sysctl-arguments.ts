type Sysctl = readonly [name: string, value: string]

export function sysctlArguments(sysctls: readonly Sysctl[]): readonly string[] {
  return sysctls.flatMap(([name, value]) => ['--sysctl', `${name}=${value}`])
}

/** Network sysctls apply to the network's owner, which in an awsvpc task is not the container. */
export function isOfNetwork([name]: Sysctl): boolean {
  return name.startsWith('net.')
}

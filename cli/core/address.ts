import type { AddressFamily } from './options.ts'
import type { TaskSnapshot } from './task.ts'

export const ADDRESS_FOUND = ['private', 'public', 'ipv6', 'container instance'] as const

/** Where sshd listens, and how that was found. */
export interface Address {
  readonly host: string
  readonly port: number
  readonly found: (typeof ADDRESS_FOUND)[number]
}

/** The way to the address, decided in the plan. */
export type AddressRoute =
  | { readonly network: 'awsvpc'; readonly family: AddressFamily; readonly publicIpExpected: boolean }
  | {
      readonly network: 'bridge' | 'host'
      readonly family: AddressFamily
      /** Where the task definition fixes it: the port of the instance that leads to sshd. */
      readonly hostPort?: number
    }

/** What EC2 says of the task's ENI: `undefined` not asked yet, `null` asked, none there (yet, or ever). */
export type PublicIp = string | null | undefined

/**
 * The address of an awsvpc task from what is known so far, or `undefined` while it may still come.
 *
 * `auto` takes the public address if one is assigned, else the private one. AWS associates the public address
 * while the task starts, so it is waited for until the task is RUNNING; then the private one has to do.
 */
export function chooseAwsvpcAddress(
  task: TaskSnapshot,
  route: AddressRoute & { readonly network: 'awsvpc' },
  publicIp: PublicIp,
  port: number,
): Address | undefined {
  const { privateIpv4, ipv6 } = task.networkInterface
  const asPublic = publicIp ? ({ host: publicIp, port, found: 'public' } as const) : undefined
  const asPrivate = privateIpv4 ? ({ host: privateIpv4, port, found: 'private' } as const) : undefined
  const asIpv6 = ipv6 ? ({ host: ipv6, port, found: 'ipv6' } as const) : undefined
  switch (route.family) {
    case 'public':
      return asPublic
    case 'private':
      return asPrivate
    case 'ipv6':
      return asIpv6
    case 'auto':
      if (asPublic) return asPublic
      if (route.publicIpExpected && !(task.lastStatus === 'RUNNING' && publicIp === null)) return undefined
      // An ENI in an IPv6-only subnet has no private IPv4 address at all.
      return asPrivate ?? asIpv6
  }
}

/**
 * The host port that reaches `port` of the container.
 * @param fixed by the task definition: it has to do where ECS says that the task runs, and nothing of its ports
 */
export function hostPort(
  task: TaskSnapshot,
  container: string,
  port: number,
  fixed: number | undefined,
): number | undefined {
  const bindings = task.containers.find(({ name }) => name === container)?.ports ?? []
  if (bindings.length === 0 && task.lastStatus === 'RUNNING') return fixed
  return bindings.find((binding) => binding.containerPort === port)?.hostPort
}

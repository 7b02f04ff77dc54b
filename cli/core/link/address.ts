import type { AddressFamily } from '../config/config.ts'
import type { TaskSnapshot } from '../task/task.ts'
import type { TcpRoute } from './reach.ts'

/** What the plan knows of the route: which address of the task will be taken, and the port of sshd. */
export type PlannedRoute = AwsvpcRoute | InstanceRoute

export interface AwsvpcRoute {
  readonly network: 'awsvpc'
  readonly family: AddressFamily
  readonly publicIpExpected: boolean
  readonly port: number
  readonly securityGroups?: readonly string[]
}

/** To the EC2 instance on which the task runs. */
export interface InstanceRoute {
  readonly network: 'bridge' | 'host'
  readonly family: AddressFamily
  readonly port: number
  /** The port of the instance that leads to sshd, where the task definition fixes it. */
  readonly hostPort?: number
}

/** What EC2 says of the task's ENI: `undefined` not asked yet, `null` asked, none there (yet, or ever). */
export type PublicIp = string | null | undefined

/**
 * The route to an awsvpc task from what is known so far, or `undefined` while it may still come.
 *
 * `auto` takes the public address if one is assigned, else the private one. AWS associates the public address
 * while the task starts, so it is waited for until the task is RUNNING; then the private one has to do.
 */
export function chooseAwsvpcRoute(
  task: TaskSnapshot,
  planned: AwsvpcRoute,
  publicIp: PublicIp,
): TcpRoute | undefined {
  const { port, securityGroups } = planned
  const { privateIpv4, ipv6 } = task.networkInterface
  const route = (host: string | null | undefined, found: TcpRoute['found']): TcpRoute | undefined =>
    host ? { kind: 'tcp', host, port, found, ...(securityGroups && { securityGroups }) } : undefined
  const asPublic = route(publicIp, 'public')
  const asPrivate = route(privateIpv4, 'private')
  const asIpv6 = route(ipv6, 'ipv6')
  switch (planned.family) {
    case 'public':
      return asPublic
    case 'private':
      return asPrivate
    case 'ipv6':
      return asIpv6
    case 'auto':
      if (asPublic) return asPublic
      if (planned.publicIpExpected && !(task.lastStatus === 'RUNNING' && publicIp === null)) return undefined
      // An ENI in an IPv6-only subnet has no private IPv4 address at all.
      return asPrivate ?? asIpv6
  }
}

/**
 * The port of the instance that reaches sshd. The one that the task definition fixes has to do where ECS says that the
 * task runs, and nothing of its ports.
 */
export function hostPort(task: TaskSnapshot, container: string, route: InstanceRoute): number | undefined {
  if (route.network === 'host') return route.port
  const bindings = task.containers.find(({ name }) => name === container)?.ports ?? []
  if (bindings.length === 0 && task.lastStatus === 'RUNNING') return route.hostPort
  return bindings.find(({ containerPort }) => containerPort === route.port)?.hostPort
}

import type { AddressFamily } from '../config/config.ts'
import type { TaskSnapshot } from '../task/task.ts'
import type { TcpRoute } from './reach.ts'

/** What the plan knows about the route: which of the task's addresses to use, and sshd's port. */
export type PlannedRoute = AwsvpcRoute | InstanceRoute

export interface AwsvpcRoute {
  readonly network: 'awsvpc'
  readonly family: AddressFamily
  readonly publicIpExpected: boolean
  readonly port: number
  readonly securityGroups?: readonly string[]
}

/** The route to the EC2 instance that runs the task. */
export interface InstanceRoute {
  readonly network: 'bridge' | 'host'
  readonly family: AddressFamily
  readonly port: number
  /** The instance's port that leads to sshd, if the task definition fixes it. */
  readonly hostPort?: number
}

/** EC2's answer about the task's ENI: `undefined` means not asked yet, `null` means that there is none so far. */
export type PublicIp = string | null | undefined

/**
 * Chooses the route to an awsvpc task from what is known so far; `undefined` while the address may still come.
 *
 * `auto` takes the public address if one is assigned, otherwise the private one. AWS associates the public address
 * while the task starts. So `auto` waits for it until the task is RUNNING, then takes the private one.
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
      // An ENI in an IPv6-only subnet has no private IPv4 address.
      return asPrivate ?? asIpv6
  }
}

/**
 * The instance's port that reaches sshd. If ECS reports a RUNNING task without any port, the port that the task
 * definition fixes is used.
 */
export function hostPort(task: TaskSnapshot, container: string, route: InstanceRoute): number | undefined {
  if (route.network === 'host') return route.port
  const bindings = task.containers.find(({ name }) => name === container)?.ports ?? []
  if (bindings.length === 0 && task.lastStatus === 'RUNNING') return route.hostPort
  return bindings.find(({ containerPort }) => containerPort === route.port)?.hostPort
}

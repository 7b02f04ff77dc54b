import {
  type Address,
  type AddressRoute,
  chooseAwsvpcAddress,
  hostPort,
  type PublicIp,
} from '../core/address.ts'
import { FargateLoginError } from '../core/error.ts'
import type { Plan } from '../core/plan.ts'
import type { TaskSnapshot } from '../core/task.ts'
import type { InstanceAddresses, Ports } from './ports.ts'
import type { Task } from './task.ts'
import { isTimeOut } from './time-limit.ts'

/** Finds out where sshd will listen as soon as ECS and EC2 know it, which is before the task is RUNNING. */
export async function findAddress(
  task: Task,
  plan: Plan,
  ports: Ports,
  signal: AbortSignal,
): Promise<Address> {
  const look =
    plan.route.network === 'awsvpc' ? awsvpcLook(plan.route, plan, ports) : instanceLook(plan, ports)
  let trouble: string | undefined
  try {
    for await (const snapshot of task.watch.snapshots(signal)) {
      trouble = 'EC2 has not answered.'
      const address = await tolerate(() => look(snapshot, signal), ports)
      trouble = address instanceof Error ? address.message : undefined
      if (!address || address instanceof Error) continue
      task.watch.hush()
      ports.reporter.done('address', `${address.host} (${address.found})`)
      return address
    }
  } catch (error) {
    if (!isTimeOut(error)) throw error
    const { message } = error as FargateLoginError
    const why = trouble ?? task.watch.trouble
    throw why === undefined ? addressMissing(plan, message, error) : unanswered(`${message} ${why}`, error)
  }
  throw signal.reason
}

/** Trouble that may pass is waited out, like that of the polls. */
async function tolerate<T>(call: () => Promise<T>, { reporter }: Ports): Promise<T | FargateLoginError> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof FargateLoginError) || error.code !== 'aws-unreachable') throw error
    reporter.debug(error.message)
    return error
  }
}

/** The address is not known because nobody tells, whatever the task does. */
function unanswered(message: string, cause: unknown): FargateLoginError {
  return new FargateLoginError('aws-unreachable', message, {
    hint: 'Check the network, --region and --endpoint-url; then try again, with a longer --timeout if AWS is slow.',
    cause,
  })
}

type Look = (task: TaskSnapshot, signal: AbortSignal) => Promise<Address | undefined>

/** How often a RUNNING task's ENI is asked for its public address before there is none. */
const PUBLIC_IP_TRIES = 3

function awsvpcLook(
  planned: AddressRoute & { network: 'awsvpc' },
  plan: Plan,
  { ec2, reporter }: Ports,
): Look {
  let route = planned
  let emptyAnswers = 0
  return async (task, signal) => {
    let publicIp: PublicIp
    const { id } = task.networkInterface
    const wanted = route.family === 'public' || (route.family === 'auto' && route.publicIpExpected)
    if (wanted && id !== undefined) {
      try {
        publicIp = await ec2.publicIp(id, signal)
      } catch (error) {
        signal.throwIfAborted()
        const refused = error instanceof FargateLoginError && error.code === 'aws-refused'
        if (!refused || route.family === 'public') throw error
        reporter.warn(`${error.message} Trying the private address.`)
        route = { ...route, publicIpExpected: false }
      }
      if (publicIp === null && task.lastStatus === 'RUNNING' && ++emptyAnswers < PUBLIC_IP_TRIES)
        return undefined
      if (publicIp === null && emptyAnswers >= PUBLIC_IP_TRIES && route.family === 'public') {
        throw addressMissing(plan, `The task runs, and EC2 knows no public address of ${id}.`)
      }
    }
    return chooseAwsvpcAddress(task, route, publicIp, plan.ssh.port)
  }
}

function instanceLook({ runTask, route, container, ssh }: Plan, { ecs, ec2 }: Ports): Look {
  return async (task, signal) => {
    const port = route.network === 'host' ? ssh.port : hostPort(task, container, ssh.port, fixedPort(route))
    if (port === undefined || task.containerInstanceArn === undefined) {
      if (task.lastStatus === 'RUNNING' && task.containerInstanceArn) throw portNotMapped(container, ssh.port)
      return undefined
    }
    const instance = await ecs.instanceId(runTask.cluster, task.containerInstanceArn, signal)
    const host = instanceHost(await ec2.instanceAddresses(instance, signal), route)
    if (host !== undefined) return { host, port, found: 'container instance' }
    throw new FargateLoginError(
      'address-missing',
      `EC2 instance ${instance} has no ${route.family} address.`,
      {
        hint: 'Choose another with --address private or --address public.',
      },
    )
  }
}

function fixedPort(route: AddressRoute): number | undefined {
  return route.network === 'awsvpc' ? undefined : route.hostPort
}

function instanceHost(
  { privateIpv4, publicIpv4 }: InstanceAddresses,
  route: AddressRoute,
): string | undefined {
  if (route.family === 'public') return publicIpv4
  return route.family === 'private' ? privateIpv4 : (publicIpv4 ?? privateIpv4)
}

function portNotMapped(container: string, port: number): FargateLoginError {
  return new FargateLoginError(
    'address-missing',
    `Container ${container} maps no host port to its port ${port}.`,
    {
      hint: `Add containerPort ${port} (hostPort 0) to its port mappings, or give the mapped one with --port.`,
    },
  )
}

function addressMissing(plan: Plan, fact: string, cause?: unknown): FargateLoginError {
  const { route } = plan
  const hint =
    route.family === 'public'
      ? 'Is the subnet public (a route to an internet gateway)? Otherwise use --address private over VPN or peering.'
      : route.family === 'ipv6'
        ? 'Does the subnet have an IPv6 range, and does the account enable dualStackIPv6 for awsvpc tasks?'
        : 'Look at the state of the task above: ECS attaches the network interface while the task is PENDING.'
  return new FargateLoginError('address-missing', `${fact} No ${route.family} address came up.`, {
    hint,
    cause,
  })
}

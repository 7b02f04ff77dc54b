import { FargateLoginError, hasCode } from '../../core/error.ts'
import {
  type AwsvpcRoute,
  chooseAwsvpcRoute,
  hostPort,
  type InstanceRoute,
  type PublicIp,
} from '../../core/link/address.ts'
import type { Reach, Route } from '../../core/link/reach.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { TaskSnapshot } from '../../core/task/task.ts'
import type { InstanceAddresses } from '../ports/aws.ts'
import type { Ports } from '../ports/ports.ts'
import type { Task } from '../task/task.ts'
import { isTimeOut } from '../time-limit.ts'
import { addressesOf, addressKind, addressMissing, missingFact } from './missing-address.ts'

type FindPorts = Pick<Ports, 'addresses' | 'reporter'>

/** Finds sshd's address as soon as ECS and EC2 know it, which is before the task is RUNNING. */
export async function findReach(
  task: Task,
  plan: Plan,
  ports: FindPorts,
  signal: AbortSignal,
): Promise<Reach> {
  const look = lookFor(plan, ports)
  let lastError: string | undefined
  try {
    for await (const snapshot of task.watch.snapshots(signal)) {
      lastError = 'EC2 has not answered.'
      const route = await look(snapshot, signal).catch((error: unknown) => {
        // Temporary trouble is waited out, as in the polls.
        if (!hasCode(error, 'aws-unreachable')) throw error
        ports.reporter.debug(error.message)
        return error
      })
      lastError = route instanceof Error ? route.message : undefined
      if (!route || route instanceof Error) continue
      ports.reporter.done('address', `The task's address is ${route.host} (${route.found})`)
      return { ...plan.reach, route }
    }
  } catch (error) {
    if (!isTimeOut(error)) throw error
    const { message } = error as FargateLoginError
    const reason = lastError ?? task.watch.lastError
    throw reason === undefined
      ? addressMissing(plan, `${message} The task got no ${addressKind(plan)}.`, error)
      : unanswered(`${message} ${reason}`, error)
  }
  throw signal.reason
}

/** Takes the route from one DescribeTasks answer, and the rest from EC2; `undefined` means: not yet. */
type Look = (task: TaskSnapshot, signal: AbortSignal) => Promise<Route | undefined>

function lookFor(plan: Plan, ports: FindPorts): Look {
  const { route } = plan.reach
  return route.network === 'awsvpc' ? awsvpcLook(route, plan, ports) : instanceLook(route, plan, ports)
}

/** The address is unknown because AWS does not answer, whatever the task does. */
function unanswered(message: string, cause: unknown): FargateLoginError {
  return new FargateLoginError('aws-unreachable', message, {
    hint: 'Check the network, --region and --endpoint-url; then try again, with a longer --timeout if AWS is slow.',
    cause,
  })
}

/** How many answers about a RUNNING task without the address mean that it has none: EC2 may lag behind ECS. */
const RUNNING_TRIES = 3

function awsvpcLook(planned: AwsvpcRoute, plan: Plan, { addresses, reporter }: FindPorts): Look {
  let route = planned
  let runningAnswers = 0
  return async (task, signal) => {
    let publicIp: PublicIp
    const { id } = task.networkInterface
    const wanted = route.family === 'public' || (route.family === 'auto' && route.publicIpExpected)
    if (wanted && id !== undefined) {
      try {
        publicIp = await addresses.publicIp(id, signal)
      } catch (error) {
        signal.throwIfAborted()
        if (!hasCode(error, 'aws-refused') || route.family === 'public') throw error
        reporter.warn(`${error.message} Trying the private address.`)
        route = { ...route, publicIpExpected: false }
      }
    }
    const isRunning = task.lastStatus === 'RUNNING'
    const isFinal = isRunning && ++runningAnswers >= RUNNING_TRIES
    if (publicIp === null && isRunning && !isFinal) return undefined
    const chosen = chooseAwsvpcRoute(task, route, publicIp)
    if (chosen || !isFinal) return chosen
    throw addressMissing(plan, `${missingFact(task, plan, wanted)} ${addressesOf(task)}`)
  }
}

function instanceLook(route: InstanceRoute, plan: Plan, { addresses }: FindPorts): Look {
  const { reach, runTask } = plan
  return async (task, signal) => {
    const port = hostPort(task, reach.container, route)
    if (port === undefined || task.containerInstanceArn === undefined) {
      if (task.lastStatus === 'RUNNING' && task.containerInstanceArn) {
        throw portNotMapped(reach.container, route.port)
      }
      return undefined
    }
    const instance = await addresses.instanceId(runTask.cluster, task.containerInstanceArn, signal)
    const host = instanceHost(await addresses.instanceAddresses(instance, signal), route)
    if (host !== undefined) return { kind: 'tcp', host, port, found: 'container instance' }
    throw new FargateLoginError(
      'address-missing',
      `EC2 instance ${instance} has no ${route.family} address.`,
      { hint: 'Choose another with --address private or --address public.' },
    )
  }
}

function instanceHost(
  { privateIpv4, publicIpv4 }: InstanceAddresses,
  route: InstanceRoute,
): string | undefined {
  if (route.family === 'public') return publicIpv4
  return route.family === 'private' ? privateIpv4 : (publicIpv4 ?? privateIpv4)
}

function portNotMapped(container: string, port: number): FargateLoginError {
  return new FargateLoginError(
    'address-missing',
    `Container ${container} maps no host port to its port ${port}.`,
    {
      hint: `Add containerPort ${port} (hostPort 0) to its port mappings, or name a mapped port with --port.`,
    },
  )
}

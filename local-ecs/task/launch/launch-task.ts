import { randomUUID } from 'node:crypto'
import type { Account } from '../../account/account.ts'
import { ecsArn } from '../../account/arn.ts'
import type { Cluster } from '../../account/cluster.ts'
import { ecsId } from '../../account/identifier.ts'
import type { Tag } from '../../account/tag.ts'
import type { TaskDefinition } from '../../account/task-definition.ts'
import { epochSeconds } from '../../account/time.ts'
import { type TaskHooks, taskHooks } from '../../faults/task-faults.ts'
import type { Reservation, TaskRequest } from '../../runners/runner.ts'
import { runLife } from '../run-life.ts'
import type { Task, TaskContainer } from '../task.ts'
import type { LaunchChoice } from './choose-launch.ts'
import { type HostPorts, openHostPorts } from './host-ports.ts'
import { makeNetworkInterface, type NetworkChoice, type NetworkInterface } from './network-interface.ts'
import type { Overrides } from './overrides.ts'
import { taskRequest } from './task-request.ts'
import { taskResources } from './task-resources.ts'

/** A request to run a task, after all checks. */
export interface LaunchTaskInput {
  readonly cluster: Cluster
  readonly definition: TaskDefinition
  readonly overrides: Overrides
  readonly launch: LaunchChoice
  readonly network: NetworkChoice | undefined
  readonly group: string | undefined
  readonly startedBy: string | undefined
  readonly enableExecuteCommand: boolean
  readonly tags: readonly Tag[]
}

/** Reserves a task's resources and runs it. @throws NotPlaced */
export async function launchTask(account: Account, input: LaunchTaskInput): Promise<Task> {
  const id = ecsId()
  const resources = taskResources(input.definition, account.secrets)
  const request = taskRequest({ ...input, id, resources })
  const { reservation, hostPorts } = await reserve(account, request, input.definition)
  const hooks = account.faults.takeTaskFaults().map(taskHooks)
  const task = makeTask(id, input, hooks)
  account.tasks.set(task.arn, task)
  const { delays, log, closing } = account
  task.gone = runLife({
    ...{ task, request, resources, reservation, hostPorts, delays, hooks, log },
    started: [],
    closing: closing.signal,
  })
  return task
}

async function reserve(
  { runner, closing }: Account,
  request: TaskRequest,
  definition: TaskDefinition,
): Promise<{ readonly reservation: Reservation; readonly hostPorts: HostPorts }> {
  const reservation = await runner.reserve(request)
  try {
    // A task that arrives after the take-down has ended all others would never end.
    closing.signal.throwIfAborted()
    return { reservation, hostPorts: await openHostPorts(definition) }
  } catch (error) {
    await reservation.release()
    throw error
  }
}

function makeTask(id: string, input: LaunchTaskInput, hooks: readonly TaskHooks[]): Task {
  const { cluster, definition, network } = input
  return {
    ...input,
    id,
    arn: ecsArn(`task/${cluster.name}/${id}`),
    group: input.group ?? `family:${definition.family}`,
    availabilityZone: network?.subnet.zone ?? 'us-east-1a',
    networkInterface: network && networkInterface(network, hooks),
    containers: definition.containerDefinitions.map(
      (container): TaskContainer => ({
        arn: ecsArn(`container/${cluster.name}/${id}/${randomUUID()}`),
        definition: container,
        lastStatus: 'PENDING',
        healthStatus: 'UNKNOWN',
        networkBindings: [],
      }),
    ),
    lastStatus: 'PROVISIONING',
    stop: new AbortController(),
    gone: Promise.resolve(),
    times: { createdAt: epochSeconds() },
  }
}

function networkInterface(choice: NetworkChoice, hooks: readonly TaskHooks[]): NetworkInterface {
  return makeNetworkInterface(hooks.reduce((network, hook) => hook.network?.(network) ?? network, choice))
}

import type { RunTaskRequest } from '../../core/plan/run-task-request.ts'
import type { TaskDefinitionDocument } from '../../core/task/definition-document.ts'
import type { ListedTask } from '../../core/task/listed-task.ts'
import type { TaskSnapshot } from '../../core/task/task.ts'
import type { Service, TaskDefinition } from '../../core/task/task-definition.ts'

// AWS as the flow needs it, in the flow's own words: one interface for each kind of question.
//
// Every call throws FargateLoginError. Trouble that may pass (throttling, 5xx, network) has the code `aws-unreachable`.

/** What may run: services, task definitions and their revisions. */
export interface Definitions {
  describeService(cluster: string, service: string, signal: AbortSignal): Promise<Service>
  describeTaskDefinition(name: string, signal: AbortSignal): Promise<TaskDefinition>
  /** ARNs of the active revisions of a family, the newest first, a page at most. */
  listTaskDefinitions(family: string, signal: AbortSignal): Promise<readonly string[]>
  /**
   * @returns the ARN of the new revision
   * @throws FargateLoginError `register-refused` where the caller lacks the permission, `register-busy` where others
   * register in the family at the same time
   */
  registerTaskDefinition(document: TaskDefinitionDocument, signal: AbortSignal): Promise<string>
}

/** What runs. */
export interface Tasks {
  /**
   * One request and no more: what a refusal means depends on whether another went before it.
   * @param giveUp not the user's cancel: once the request is on its way only its answer tells which task to stop
   */
  runTask(request: RunTaskRequest, giveUp: AbortSignal): Promise<TaskSnapshot>
  /** `undefined`: ECS does not know the task (yet, or any more). */
  describeTask(cluster: string, arn: string, signal: AbortSignal): Promise<TaskSnapshot | undefined>
  /** ARNs of all tasks whose desired status is RUNNING, of one session where `startedBy` is given. */
  listTasks(cluster: string, startedBy: string | undefined, signal: AbortSignal): Promise<readonly string[]>
  /** Those that ECS knows, in any number. */
  describeTasks(cluster: string, arns: readonly string[], signal: AbortSignal): Promise<readonly ListedTask[]>
  stopTask(cluster: string, arn: string, reason: string, signal: AbortSignal): Promise<void>
}

/** Where tasks and instances are in the network. */
export interface Addresses {
  /** The public IPv4 address associated with an ENI; `null` while or where there is none. */
  publicIp(networkInterfaceId: string, signal: AbortSignal): Promise<string | null>
  /** Those of the ENIs that have a public IPv4 address. */
  withPublicIp(networkInterfaceIds: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>
  /** The EC2 instance under a container instance. */
  instanceId(cluster: string, containerInstanceArn: string, signal: AbortSignal): Promise<string>
  instanceAddresses(instanceId: string, signal: AbortSignal): Promise<InstanceAddresses>
}

export interface InstanceAddresses {
  readonly privateIpv4?: string
  readonly publicIpv4?: string
}

/** Who calls, and where to. */
export interface Identity {
  /** ARN of the caller. */
  callerArn(signal: AbortSignal): Promise<string>
  /** The Region that the calls go to. */
  region(): Promise<string>
}

import type { RunTaskRequest } from '../../core/plan/run-task-request.ts'
import type { TaskDefinitionDocument } from '../../core/task/definition-document.ts'
import type { ListedTask } from '../../core/task/listed-task.ts'
import type { TaskSnapshot } from '../../core/task/task.ts'
import type { Service, TaskDefinition } from '../../core/task/task-definition.ts'

// AWS as the flow needs it, in the flow's own terms: one interface for each kind of question.
//
// Every call throws FargateLoginError. Temporary trouble (throttling, 5xx, network) has the code `aws-unreachable`.

/** Services, task definitions and their revisions. */
export interface Definitions {
  describeService(cluster: string, service: string, signal: AbortSignal): Promise<Service>
  describeTaskDefinition(name: string, signal: AbortSignal): Promise<TaskDefinition>
  /** ARNs of a family's active revisions, newest first; one page at most. */
  listTaskDefinitions(family: string, signal: AbortSignal): Promise<readonly string[]>
  /**
   * @returns the ARN of the new revision
   * @throws FargateLoginError `register-refused` without the permission, `register-busy` if others register in the
   * family at the same time
   */
  registerTaskDefinition(document: TaskDefinitionDocument, signal: AbortSignal): Promise<string>
}

/** Tasks, and their launch and stop. */
export interface Tasks {
  /**
   * Sends one request only: the meaning of a refusal depends on whether another request went before it.
   * @param giveUp not the user's cancel: once the request is sent, only its answer names the task to stop
   */
  runTask(request: RunTaskRequest, giveUp: AbortSignal): Promise<TaskSnapshot>
  /** `undefined`: ECS does not know the task yet, or no longer. */
  describeTask(cluster: string, arn: string, signal: AbortSignal): Promise<TaskSnapshot | undefined>
  /** ARNs of all tasks whose desired status is RUNNING; with `startedBy`, of one session. */
  listTasks(cluster: string, startedBy: string | undefined, signal: AbortSignal): Promise<readonly string[]>
  /** Describes any number of tasks; unknown ones are missing from the answer. */
  describeTasks(cluster: string, arns: readonly string[], signal: AbortSignal): Promise<readonly ListedTask[]>
  stopTask(cluster: string, arn: string, reason: string, signal: AbortSignal): Promise<void>
}

/** The network addresses of tasks and instances. */
export interface Addresses {
  /** The public IPv4 address of an ENI; `null` if it has none (yet). */
  publicIp(networkInterfaceId: string, signal: AbortSignal): Promise<string | null>
  /** The ENIs among these that have a public IPv4 address. */
  withPublicIp(networkInterfaceIds: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>
  /** The EC2 instance under a container instance. */
  instanceId(cluster: string, containerInstanceArn: string, signal: AbortSignal): Promise<string>
  instanceAddresses(instanceId: string, signal: AbortSignal): Promise<InstanceAddresses>
}

export interface InstanceAddresses {
  readonly privateIpv4?: string
  readonly publicIpv4?: string
}

/** The caller, and the Region that the calls go to. */
export interface Identity {
  /** The caller's ARN. */
  callerArn(signal: AbortSignal): Promise<string>
  /** The Region that the calls go to. */
  region(): Promise<string>
}

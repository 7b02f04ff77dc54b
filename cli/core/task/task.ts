/** ECS's task states, in the order that a task passes through them. */
const TASK_STATES = [
  'PROVISIONING',
  'PENDING',
  'ACTIVATING',
  'RUNNING',
  'DEACTIVATING',
  'STOPPING',
  'DEPROVISIONING',
  'STOPPED',
] as const

export type TaskState = (typeof TASK_STATES)[number]

/** A task in one DescribeTasks answer. Optional members come late, or never. */
export interface TaskSnapshot {
  readonly arn: string
  /** ECS may add states, so an unknown one is kept unchanged. */
  readonly lastStatus: TaskState | (string & {})
  readonly desiredStatus: string
  readonly stopCode?: string
  readonly stoppedReason?: string
  readonly containers: readonly TaskContainer[]
  readonly networkInterface: TaskNetworkInterface
  readonly containerInstanceArn?: string
}

export interface TaskContainer {
  readonly name: string
  readonly lastStatus?: string
  /** The container engine's ID. */
  readonly runtimeId?: string
  readonly exitCode?: number
  readonly reason?: string
  readonly ports: readonly PortBinding[]
}

export interface PortBinding {
  readonly containerPort: number
  readonly hostPort: number
}

/** The task's ENI (awsvpc), combined from attachment details and containers[].networkInterfaces. */
export interface TaskNetworkInterface {
  readonly id?: string
  readonly privateIpv4?: string
  readonly ipv6?: string
}

/** Whether the task has ended or is about to. */
export function isEnding(task: TaskSnapshot): boolean {
  const state = (TASK_STATES as readonly string[]).indexOf(task.lastStatus)
  return task.desiredStatus === 'STOPPED' || state > TASK_STATES.indexOf('RUNNING')
}

/** Whether ECS knows why the task is ending: someone stopped it, or its containers have ended. */
export function reasonIsKnown(task: TaskSnapshot): boolean {
  if (task.lastStatus === 'STOPPED' || task.lastStatus === 'DEPROVISIONING') return true
  const fromOutside = ['UserInitiated', 'SpotInterruption', 'TerminationNotice', 'ServiceSchedulerInitiated']
  return task.stopCode !== undefined && fromOutside.includes(task.stopCode)
}

/** ECS's task states in the order in which a task passes through them. */
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

/** What one DescribeTasks answer says of a task. Everything optional comes late, or never. */
export interface TaskSnapshot {
  readonly arn: string
  /** ECS may add states: an unknown one is kept as it is spelt. */
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
  /** What the container engine knows it by. */
  readonly runtimeId?: string
  readonly exitCode?: number
  readonly reason?: string
  readonly ports: readonly PortBinding[]
}

export interface PortBinding {
  readonly containerPort: number
  readonly hostPort: number
}

/** The task's ENI (awsvpc), put together from attachment details and containers[].networkInterfaces. */
export interface TaskNetworkInterface {
  readonly id?: string
  readonly privateIpv4?: string
  readonly ipv6?: string
}

/** The task has ended or is on its way there. */
export function isEnding(task: TaskSnapshot): boolean {
  const state = (TASK_STATES as readonly string[]).indexOf(task.lastStatus)
  return task.desiredStatus === 'STOPPED' || state > TASK_STATES.indexOf('RUNNING')
}

/** Whether ECS knows why a task that is ending does so: it was stopped from outside, or its containers have ended. */
export function reasonIsKnown(task: TaskSnapshot): boolean {
  if (task.lastStatus === 'STOPPED' || task.lastStatus === 'DEPROVISIONING') return true
  const fromOutside = ['UserInitiated', 'SpotInterruption', 'TerminationNotice', 'ServiceSchedulerInitiated']
  return task.stopCode !== undefined && fromOutside.includes(task.stopCode)
}

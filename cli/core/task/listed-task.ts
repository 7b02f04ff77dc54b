import { centsPerHour } from './price.ts'
import { sessionOf } from './started-by.ts'
import type { TaskSnapshot } from './task.ts'
import type { TaskSize } from './task-definition.ts'

/** What list and stop know of a task, whoever started it. */
export interface ListedTask extends TaskSnapshot {
  readonly startedBy?: string
  /** Of a fargate-login session, as a tag spells it. */
  readonly owner?: string
  readonly createdAt?: Date
  /** `family:revision`. */
  readonly taskDefinition: string
  /** The one that runs sshd. */
  readonly container?: string
  /** Absent where Fargate does not bill the task. */
  readonly size?: TaskSize
}

/** A task that fargate-login started. */
export interface SessionTask extends ListedTask {
  readonly session: string
  readonly mine: boolean
  readonly centsPerHour: number | undefined
}

export interface Whose {
  /** Who asks, as a tag spells it. */
  readonly owner: string
  /** What this machine's journal knows is mine whatever name the credentials had: an assumed role may change it. */
  readonly noted: ReadonlySet<string>
}

/** `undefined` for a task that fargate-login did not start. */
export function sessionTask(
  task: ListedTask,
  { owner, noted }: Whose,
  publicIds: ReadonlySet<string>,
): SessionTask | undefined {
  const session = sessionOf(task.startedBy)
  if (session === undefined) return undefined
  const mine = task.owner === owner || noted.has(session)
  return { ...task, session, mine, centsPerHour: centsOf(task, publicIds) }
}

/** US cents an hour; `undefined` where Fargate does not bill the task. */
export function centsOf(task: ListedTask, publicIds: ReadonlySet<string>): number | undefined {
  const { id } = task.networkInterface
  return task.size && centsPerHour(task.size, id !== undefined && publicIds.has(id))
}

/** Seconds since ECS took the task; the clocks may differ a little. */
export function ageOf({ createdAt }: ListedTask, now: Date): number | undefined {
  return createdAt && Math.max(0, (now.getTime() - createdAt.getTime()) / 1000)
}

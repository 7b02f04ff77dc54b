import { centsPerHour } from './price.ts'
import { sessionOf } from './started-by.ts'
import type { TaskSnapshot } from './task.ts'
import type { TaskSize } from './task-definition.ts'

/** What list and stop know about a task, whoever started it. */
export interface ListedTask extends TaskSnapshot {
  readonly startedBy?: string
  /** The owner of a fargate-login session, in a tag's spelling. */
  readonly owner?: string
  readonly createdAt?: Date
  /** `family:revision`. */
  readonly taskDefinition: string
  /** The container that runs sshd. */
  readonly container?: string
  /** Absent if Fargate does not bill the task. */
  readonly size?: TaskSize
}

/** A task that fargate-login started. */
export interface SessionTask extends ListedTask {
  readonly session: string
  readonly mine: boolean
  readonly centsPerHour: number | undefined
}

export interface Ownership {
  /** The caller, in a tag's spelling. */
  readonly owner: string
  /** Sessions in this machine's journal are mine under any credentials: an assumed role may change the owner's name. */
  readonly noted: ReadonlySet<string>
}

/** `undefined` if fargate-login did not start the task. */
export function sessionTask(
  task: ListedTask,
  { owner, noted }: Ownership,
  publicIds: ReadonlySet<string>,
): SessionTask | undefined {
  const session = sessionOf(task.startedBy)
  if (session === undefined) return undefined
  const mine = task.owner === owner || noted.has(session)
  return { ...task, session, mine, centsPerHour: centsOf(task, publicIds) }
}

/** US cents an hour; `undefined` if Fargate does not bill the task. */
export function centsOf(task: ListedTask, publicIds: ReadonlySet<string>): number | undefined {
  const { id } = task.networkInterface
  return task.size && centsPerHour(task.size, id !== undefined && publicIds.has(id))
}

/** Seconds since ECS created the task. ECS's clock may differ a little from ours. */
export function ageOf({ createdAt }: ListedTask, now: Date): number | undefined {
  return createdAt && Math.max(0, (now.getTime() - createdAt.getTime()) / 1000)
}

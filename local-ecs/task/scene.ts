import type { TaskFault } from '../faults/fault.ts'
import type { Reservation, RunningContainer, TaskRequest } from '../runners/runner.ts'
import type { Delays } from './delays.ts'
import type { HostPorts } from './host-ports.ts'
import type { TaskState } from './state.ts'
import type { Task, TaskContainer } from './task.ts'
import type { TaskResources } from './task-resources.ts'

/** What the life of one task is played with. */
export interface Scene {
  readonly task: Task
  readonly request: TaskRequest
  readonly resources: TaskResources
  readonly reservation: Reservation
  readonly hostPorts: HostPorts
  readonly delays: Delays
  readonly faults: readonly TaskFault[]
  /** Containers that were started, in that order. */
  readonly started: StartedContainer[]
  /** Aborted when the local ECS is taken down: all goes fast from then on. */
  readonly closing: AbortSignal
  readonly log: (line: string) => void
}

export interface StartedContainer {
  readonly container: TaskContainer
  readonly running: RunningContainer
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Resolves when its health check succeeds for the first time, if that is ever. */
  readonly isHealthy: Promise<'healthy'>
}

/** Enters a state. @returns the milliseconds that the task stays in it at the least */
export function enter({ task, delays, faults }: Scene, state: TaskState): number {
  task.lastStatus = state
  const slow = faults.find((fault) => fault.task === 'slow' && fault.state === state)
  if (slow?.task === 'slow') return slow.delay
  return state === 'RUNNING' || state === 'STOPPED' ? 0 : delays[state]
}

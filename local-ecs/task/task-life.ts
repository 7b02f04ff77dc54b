import type { TaskFault } from '../faults/fault.ts'
import type { Reservation, RunningContainer, TaskRequest } from '../runners/runner.ts'
import type { Delays } from './delays.ts'
import type { HostPorts } from './host-ports.ts'
import { pause } from './pause.ts'
import type { TaskState } from './state.ts'
import type { Task, TaskContainer } from './task.ts'
import type { TaskResources } from './task-resources.ts'

/** What it takes to run one task from PROVISIONING to STOPPED. */
export interface TaskLife {
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

/** Milliseconds that the task stays in a state at the least. */
export function dwellMs({ delays, faults }: TaskLife, state: TaskState): number {
  const slow = faults.find((fault) => fault.task === 'slow' && fault.state === state)
  if (slow?.task === 'slow') return slow.delay
  return state === 'RUNNING' || state === 'STOPPED' ? 0 : delays[state]
}

/** Sets a state and stays in it. Resolves early when the signal says so; never rejects. */
export async function passThrough(life: TaskLife, state: TaskState, signal: AbortSignal): Promise<void> {
  life.task.lastStatus = state
  await pause(dwellMs(life, state), signal)
}

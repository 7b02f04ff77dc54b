import type { TaskHooks } from '../faults/task-faults.ts'
import type { Reservation, RunningContainer, TaskRequest } from '../runners/runner.ts'
import type { Delays } from './delays.ts'
import type { HostPorts } from './launch/host-ports.ts'
import type { TaskResources } from './launch/task-resources.ts'
import { pause } from './pause.ts'
import type { Task, TaskContainer } from './task.ts'

/** What it takes to run one task from PROVISIONING to STOPPED. */
export interface TaskLife {
  readonly task: Task
  readonly request: TaskRequest
  readonly resources: TaskResources
  readonly reservation: Reservation
  readonly hostPorts: HostPorts
  readonly delays: Delays
  /** Of its faults. */
  readonly hooks: readonly TaskHooks[]
  /** Containers that were started, in that order. */
  readonly started: StartedContainer[]
  /** Aborted when the local ECS is taken down: all goes fast from then on. */
  readonly closing: AbortSignal
  readonly log: (line: string) => void
}

/** As much of it as there is to a task that runs. */
export type RunningTask = Pick<TaskLife, 'task' | 'started'>

export interface StartedContainer {
  readonly container: TaskContainer
  readonly running: RunningContainer
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Resolves when its health check succeeds for the first time, if that is ever. */
  readonly isHealthy: Promise<'healthy'>
}

/** Milliseconds that the task stays in a state at the least. */
export function dwellMs({ delays, hooks }: TaskLife, state: keyof Delays): number {
  const [slow] = hooks.flatMap((hook) => hook.dwellMs?.(state) ?? [])
  return slow ?? delays[state]
}

/** Sets a state and stays in it. Resolves early when the signal says so; never rejects. */
export async function passThrough(life: TaskLife, state: keyof Delays, signal: AbortSignal): Promise<void> {
  life.task.lastStatus = state
  await pause(dwellMs(life, state), signal)
}

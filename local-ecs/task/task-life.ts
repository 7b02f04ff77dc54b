import type { TaskHooks } from '../faults/task-faults.ts'
import type { Reservation, RunningContainer, TaskRequest } from '../runners/runner.ts'
import type { Delays } from './delays.ts'
import type { HostPorts } from './launch/host-ports.ts'
import type { TaskResources } from './launch/task-resources.ts'
import { pause } from './pause.ts'
import type { Task, TaskContainer } from './task.ts'

/** Everything needed to run one task from PROVISIONING to STOPPED. */
export interface TaskLife {
  readonly task: Task
  readonly request: TaskRequest
  readonly resources: TaskResources
  readonly reservation: Reservation
  readonly hostPorts: HostPorts
  readonly delays: Delays
  /** The hooks of the task's faults. */
  readonly hooks: readonly TaskHooks[]
  /** The started containers, in the order of their start. */
  readonly started: StartedContainer[]
  /** Aborted at the take-down. From then on, everything is fast. */
  readonly closing: AbortSignal
  readonly log: (line: string) => void
}

/** The part that concerns a running task. */
export type RunningTask = Pick<TaskLife, 'task' | 'started'>

export interface StartedContainer {
  readonly container: TaskContainer
  readonly running: RunningContainer
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Resolves when its health check first succeeds, or never. */
  readonly isHealthy: Promise<'healthy'>
}

/** The least milliseconds that the task stays in a state. */
export function dwellMs({ delays, hooks }: TaskLife, state: keyof Delays): number {
  const [slow] = hooks.flatMap((hook) => hook.dwellMs?.(state) ?? [])
  return slow ?? delays[state]
}

/** Sets a state and stays in it. Resolves early if the signal aborts; never rejects. */
export async function passThrough(life: TaskLife, state: keyof Delays, signal: AbortSignal): Promise<void> {
  life.task.lastStatus = state
  await pause(dwellMs(life, state), signal)
}

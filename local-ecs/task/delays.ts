import type { TaskState } from './state.ts'

/** Milliseconds that a task stays in each of the states that pass by themselves, at the least. */
export type Delays = Readonly<Record<Exclude<TaskState, 'RUNNING' | 'STOPPED'>, number>>

/** Long enough to be seen by a poll now and then, too short to wait for. */
export const DEFAULT_DELAYS: Delays = {
  PROVISIONING: 30,
  PENDING: 30,
  ACTIVATING: 30,
  DEACTIVATING: 20,
  STOPPING: 20,
  DEPROVISIONING: 20,
}

import type { TaskState } from './state.ts'

/** The least milliseconds in each state that passes by itself. */
export type Delays = Readonly<Record<Exclude<TaskState, 'RUNNING' | 'STOPPED'>, number>>

/** Long enough for some polls to see the state, and too short to notice. */
export const DEFAULT_DELAYS: Delays = {
  PROVISIONING: 30,
  PENDING: 30,
  ACTIVATING: 30,
  DEACTIVATING: 20,
  STOPPING: 20,
  DEPROVISIONING: 20,
}

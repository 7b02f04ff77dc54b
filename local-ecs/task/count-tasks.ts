import type { TaskState } from './state.ts'
import type { Task } from './task.ts'

const PENDING: readonly TaskState[] = ['PROVISIONING', 'PENDING', 'ACTIVATING']

/** The counts that clusters, services and container instances show. */
export function countTasks(tasks: readonly Task[]): { readonly running: number; readonly pending: number } {
  return {
    running: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pending: tasks.filter(({ lastStatus }) => PENDING.includes(lastStatus)).length,
  }
}

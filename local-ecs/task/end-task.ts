import { epochSeconds } from '../account/time.ts'
import type { Ending, Task } from './task.ts'

/** Tells a task to end. A task that is already ending keeps its first reason. */
export function endTask(task: Task, ending: Ending): void {
  if (task.ending) return
  task.ending = ending
  task.times.stoppingAt = epochSeconds()
  task.stop.abort(ending)
}

/** The status that ECS wants the task to reach. */
export function desiredStatus({ ending }: Task): 'RUNNING' | 'STOPPED' {
  return ending ? 'STOPPED' : 'RUNNING'
}

import { epochSeconds } from '../account/time.ts'
import type { Ending, Task } from './task.ts'

/** From now on the task is to go. A task that is going already keeps its first reason. */
export function endTask(task: Task, ending: Ending): void {
  if (task.ending) return
  task.ending = ending
  task.times.stoppingAt = epochSeconds()
  task.stop.abort(ending)
}

/** What ECS wants of the task. */
export function desiredStatus({ ending }: Task): 'RUNNING' | 'STOPPED' {
  return ending ? 'STOPPED' : 'RUNNING'
}

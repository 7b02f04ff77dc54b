import type { TaskFault } from '../faults/fault.ts'
import { StartFailure } from '../runners/start-failure.ts'
import { endTask } from './end-task.ts'
import { pause } from './pause.ts'
import type { TaskLife } from './task-life.ts'

const REASONS = {
  'cannot-initialize':
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed',
  'cannot-pull':
    'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref: request canceled while waiting for connection',
  'cannot-start':
    'CannotStartContainerError: failed to create new container runtime task: exec: "/entrypoint": stat /entrypoint: no such file or directory',
} as const

/** @throws StartFailure where a fault wants the task to fail at this point of its start */
export function failAsAsked({ faults }: TaskLife, kind: keyof typeof REASONS): void {
  const fault = faults.find(({ task }) => task === kind)
  if (fault) throw new StartFailure('reason' in fault && fault.reason ? fault.reason : REASONS[kind])
}

/** What a fault does to a task that runs. */
export async function strikeLater({ task, started }: TaskLife, fault: TaskFault): Promise<void> {
  if (fault.task !== 'stops' && fault.task !== 'dies') return
  await pause(fault.after, task.stop.signal)
  if (task.ending) return
  if (fault.task === 'stops') {
    const { stopCode = 'SpotInterruption', reason = 'Your Spot Task was interrupted.' } = fault
    endTask(task, { stopCode, reason })
    return
  }
  const { reason = 'OutOfMemoryError: Container killed due to memory usage' } = fault
  for (const { container, running } of started) {
    container.reason = reason
    await running.kill()
  }
}

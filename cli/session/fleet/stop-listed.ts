import { ageOf, type ListedTask } from '../../core/task/listed-task.ts'
import type { Ports } from '../ports/ports.ts'
import { stopTask } from '../task/stop.ts'

export interface ListedStop extends ListedTask {
  readonly session: string
  readonly cluster: string
  readonly centsPerHour: number | undefined
}

/** Stops a task that another process started. Unlike the end of a session, it obeys a cancel at once. */
export async function stopListed(task: ListedStop, ports: Ports, cancel: AbortSignal): Promise<void> {
  const { session, cluster, centsPerHour } = task
  const age = ageOf(task, ports.clock.wallNow())
  const startedAt = age === undefined ? undefined : ports.clock.now() - age * 1000
  const reason = `fargate-login stop ${session}`
  await stopTask({ session, cluster, task, startedAt, centsPerHour, reason }, ports, cancel)
}

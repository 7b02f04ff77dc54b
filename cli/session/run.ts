import type { Ending } from '../core/plan/activity.ts'
import { enter } from './activities/enter.ts'
import { perform } from './activities/perform.ts'
import { afterStop, tellEnding } from './fate.ts'
import { findReach } from './link/find-reach.ts'
import { Link } from './link/link.ts'
import type { Prepared } from './plan/prepare.ts'
import type { Ports } from './ports/ports.ts'
import type { Terminal } from './ports/terminal.ts'
import { startTask } from './task/start-task.ts'
import type { Task } from './task/task.ts'
import { startTimeLimit } from './time-limit.ts'

/**
 * The whole flow: does exactly what the plan says, and stops the task unless its activity ends otherwise.
 * @param terminal the user's end, of whichever kind
 * @returns the exit status for our caller
 * @throws FargateLoginError, or SuppressedError when the stop failed too
 */
export async function runSession(
  prepared: Prepared,
  terminal: Terminal,
  ports: Ports,
  cancel: AbortSignal,
): Promise<number> {
  const { plan } = prepared
  await using task = await startTask(plan, ports, cancel)
  const ending = await useTask(task, prepared, terminal, ports)
  await task.end(ending)
  tellEnding(ending, plan.session, ports.reporter)
  return ending.status
}

/** From the address of the task to the end of the activity. */
async function useTask(
  task: Task,
  { plan, keys }: Prepared,
  terminal: Terminal,
  ports: Ports,
): Promise<Ending> {
  using limit = startTimeLimit(plan.timeoutSeconds, task.signal)
  const reach = await findReach(task, plan, ports, limit.signal)
  task.watch.phase = 'connecting'
  await using link = await Link.open({ reach, privateKey: keys.user.privateKey }, ports, limit.signal)
  const environment = await enter(plan, { task, link }, ports, limit.signal)
  limit.end()
  task.watch.phase = 'session'
  return await perform({ plan, task, link, terminal, environment }, ports).catch(afterStop)
}

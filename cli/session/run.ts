import type { Ending } from '../core/plan/activity.ts'
import type { ActivityInput } from './activities/activity.ts'
import { enter } from './activities/enter.ts'
import { perform } from './activities/perform.ts'
import { afterStop, tellEnding } from './ending.ts'
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
  const act = (on: Ground) => perform({ plan: prepared.plan, terminal, ...on }, ports)
  return await runActivity(prepared, act, ports, cancel)
}

/** What an activity stands on: a task that runs, a link to it, and the variables to ask of sshd. */
export type Ground = Pick<ActivityInput, 'task' | 'link' | 'environment'>

/** The flow around an activity, whichever it is. */
export async function runActivity(
  prepared: Prepared,
  act: (on: Ground) => Promise<Ending>,
  ports: Ports,
  cancel: AbortSignal,
): Promise<number> {
  const { plan } = prepared
  await using task = await startTask(plan, ports, cancel)
  const ending = await reachAndAct(task, prepared, act, ports)
  await task.end(ending)
  tellEnding(ending, plan.session, ports.reporter)
  return ending.status
}

/** From the address of the task to the end of the activity. */
async function reachAndAct(
  task: Task,
  { plan, keys }: Prepared,
  act: (on: Ground) => Promise<Ending>,
  ports: Ports,
): Promise<Ending> {
  using limit = startTimeLimit(plan.timeoutSeconds, task.signal)
  const reach = await findReach(task, plan, ports, limit.signal)
  task.watch.phase = 'connecting'
  await using link = await Link.open({ reach, privateKey: keys.user.privateKey }, ports, limit.signal)
  const environment = await enter(plan, { task, link }, ports, limit.signal)
  limit.end()
  task.watch.phase = 'session'
  return await act({ task, link, environment }).catch(afterStop)
}

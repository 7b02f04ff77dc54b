import type { Ending } from '../core/plan/activity.ts'
import type { ActivityInput } from './activities/activity.ts'
import { enter } from './activities/enter.ts'
import { perform } from './activities/perform.ts'
import { afterStop, reportEnding } from './ending.ts'
import { findReach } from './link/find-reach.ts'
import { openLink } from './link/open-link.ts'
import type { Prepared } from './plan/prepare.ts'
import type { Ports } from './ports/ports.ts'
import type { Terminal } from './ports/terminal.ts'
import { startTask } from './task/start-task.ts'
import type { Task } from './task/task.ts'
import { startTimeLimit } from './time-limit.ts'

/**
 * The whole flow: carries out the plan, and stops the task unless the activity ends otherwise.
 * @param terminal the user's end
 * @returns the exit status for our caller
 * @throws FargateLoginError, or SuppressedError if the stop failed as well
 */
export async function runSession(
  prepared: Prepared,
  terminal: Terminal,
  ports: Ports,
  cancel: AbortSignal,
): Promise<number> {
  // The answer is there by the time that the task is.
  if (prepared.plan.activity.program.pty) void terminal.modes()
  const act = (on: ActivityResources) => perform({ plan: prepared.plan, terminal, ...on }, ports)
  return await runActivity(prepared, act, ports, cancel)
}

/** What an activity builds on: a running task, a link to it, and the variables to request from sshd. */
export type ActivityResources = Pick<ActivityInput, 'task' | 'link' | 'environment'>

/** The flow around any activity. */
export async function runActivity(
  prepared: Prepared,
  act: (on: ActivityResources) => Promise<Ending>,
  ports: Ports,
  cancel: AbortSignal,
): Promise<number> {
  const { plan } = prepared
  if (plan.activity.kind === 'detach') await ports.journal.checkWritable()
  await using task = await startTask(plan, ports, cancel)
  const ending = await reachAndAct(task, prepared, act, ports)
  await task.end(ending)
  reportEnding(ending, plan.session, ports.reporter)
  return ending.status
}

/** Goes from the task's address to the end of the activity. */
async function reachAndAct(
  task: Task,
  { plan, keys }: Prepared,
  act: (on: ActivityResources) => Promise<Ending>,
  ports: Ports,
): Promise<Ending> {
  using limit = startTimeLimit(plan.timeoutSeconds, task.signal)
  const shown = { seconds: plan.timeoutSeconds, since: ports.clock.now() }
  const reach = await findReach(task, plan, ports, limit.signal)
  task.watch.phase = 'connecting'
  const { privateKey } = keys.user
  await using link = await openLink({ task, plan, reach, privateKey, limit: shown }, ports, limit.signal)
  const environment = await enter(plan, { task, link }, ports, limit.signal)
  limit.end()
  task.watch.phase = 'session'
  return await act({ task, link, environment }).catch(afterStop)
}

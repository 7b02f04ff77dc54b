import type { Ending } from '../core/plan/activity.ts'
import type { ActivityInput } from './activities/activity.ts'
import { enter } from './activities/enter.ts'
import { perform } from './activities/perform.ts'
import { afterFailure, reportEnding } from './ending.ts'
import { Forwards } from './forward/forwards.ts'
import { type Joined, joinKept } from './kept/join-kept.ts'
import { Keeper } from './kept/keeper.ts'
import { passToKept } from './kept/pass-to-kept.ts'
import { findReach } from './link/find-reach.ts'
import type { Link } from './link/link.ts'
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
  const { activity } = prepared.plan
  if (activity.kind === 'proxy' && (await passToKept(activity.target, prepared, terminal, ports, cancel)))
    return 0
  // The answer is there by the time that the task is.
  if ('program' in activity && activity.program.pty) void terminal.modes()
  const act = (on: ActivityResources) => perform({ terminal, ...on }, ports)
  return await runActivity(prepared, act, ports, cancel)
}

/** What an activity builds on: a running task, a link to it, and the variables to request from sshd. */
export type ActivityResources = Omit<ActivityInput, 'terminal'>

/** The flow around any activity. */
export async function runActivity(
  prepared: Prepared,
  act: (on: ActivityResources) => Promise<Ending>,
  ports: Ports,
  cancel: AbortSignal,
): Promise<number> {
  const { plan } = prepared
  if (plan.activity.kind === 'detach' || plan.keepSeconds !== undefined) await ports.journal.checkWritable()
  await using forwards = await Forwards.listen(plan.forwards, ports)
  await using keeper = await Keeper.open(prepared, ports, cancel)
  const joined = await joinKept(prepared, ports, cancel)
  await using task = joined?.task ?? (await startTask(plan, ports, cancel))
  const ending = await reachAndAct({ prepared, joined, task, keeper, forwards }, act, ports)
  await task.end(ending)
  reportEnding(ending, task.session, ports.reporter)
  return ending.status
}

interface Acting {
  readonly prepared: Prepared
  readonly joined: Joined | undefined
  readonly task: Task
  readonly keeper: Keeper
  readonly forwards: Forwards
}

/** Goes from the task's address to the end of the activity. */
async function reachAndAct(
  { prepared, joined, task, keeper, forwards }: Acting,
  act: (on: ActivityResources) => Promise<Ending>,
  ports: Ports,
): Promise<Ending> {
  const plan = joined?.plan ?? prepared.plan
  using limit = startTimeLimit(plan.timeoutSeconds, task.signal)
  await using link = joined?.link ?? (await openNewLink(prepared, task, ports, limit.signal))
  if (joined) await keeper.use(joined.entry.session, joined.entry.kept.keepSeconds)
  else await keeper.keep(task, link)
  const environment = await enter(plan, { task, link }, ports, limit.signal)
  await forwards.use(link, limit.signal)
  limit.end()
  task.watch.phase = 'session'
  const on = { plan, task, link, environment, forwards: forwards.open, name: prepared.plan.session }
  return await act(on).catch((error: unknown) => afterFailure(error, task))
}

/** Finds the new task's sshd, and opens the link. */
async function openNewLink(
  { plan, keys }: Prepared,
  task: Task,
  ports: Ports,
  signal: AbortSignal,
): Promise<Link> {
  const limit = { seconds: plan.timeoutSeconds, since: ports.clock.now() }
  const reach = await findReach(task, plan, ports, signal)
  task.watch.phase = 'connecting'
  const { forwardAgent } = plan
  const { privateKey } = keys.user
  return await openLink({ task, plan, reach, privateKey, forwardAgent, limit }, ports, signal)
}

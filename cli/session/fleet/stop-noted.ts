import { FargateLoginError } from '../../core/error.ts'
import type { JournalEntry } from '../../core/journal/journal-entry.ts'
import { entryAge } from '../../core/journal/left-behind.ts'
import { centsOf, type ListedTask } from '../../core/task/listed-task.ts'
import { isGoing } from '../../core/task/task.ts'
import type { Ports } from '../ports.ts'
import { SETTLED } from './live-tasks.ts'
import { refuseOtherAccount } from './other-account.ts'
import { findPublicIds } from './public-ids.ts'
import { stopListed } from './stop-listed.ts'

/**
 * Stops the task that a noted session may have left running, and forgets the session when there is none any more.
 * @param ports those of the place that the entry names
 * @returns whether there was a task to stop
 * @throws FargateLoginError `stop-unconfirmed`, `session-unknown` with other credentials, or what AWS says
 */
export async function stopNoted(entry: JournalEntry, ports: Ports, cancel: AbortSignal): Promise<boolean> {
  const task = await findNoted(entry, ports, cancel)
  if (task !== undefined && task !== 'ecs-is-gone') {
    const cents = centsOf(task, await findPublicIds([task], ports, cancel))
    const { session, cluster } = entry
    await stopListed({ ...task, session, cluster, centsPerHour: cents }, ports, cancel)
    return true
  }
  if (task === undefined) {
    await refuseOtherAccount(entry, ports, cancel)
    if (entry.taskArn === undefined && entryAge(entry, new Date()) < SETTLED) {
      throw new FargateLoginError(
        'stop-unconfirmed',
        `ECS knows no task of session ${entry.session} yet, and may still start it.`,
        { hint: `Try again in a minute: fargate-login stop ${entry.session}` },
      )
    }
  }
  await ports.journal.remove(entry.session)
  return false
}

/** Without an ARN, because RunTask's answer was lost, the task is found by what it was started by. */
async function findNoted(
  { cluster, taskArn, startedBy, access }: JournalEntry,
  { ecs }: Ports,
  cancel: AbortSignal,
): Promise<ListedTask | 'ecs-is-gone' | undefined> {
  try {
    const arns = taskArn === undefined ? await ecs.listTasks(cluster, startedBy, cancel) : [taskArn]
    const tasks = await ecs.describeTasks(cluster, arns, cancel)
    return tasks.find((task) => task.startedBy === startedBy && !isGoing(task))
  } catch (error) {
    cancel.throwIfAborted()
    const { message } = error as Error
    if (/ClusterNotFoundException/.test(message)) return undefined
    if (/ECONNREFUSED/.test(message) && isLoopback(access.endpointUrl)) return 'ecs-is-gone'
    throw error
  }
}

/** An embedded ECS takes its tasks with it. */
function isLoopback(url: string | undefined): boolean {
  return url !== undefined && /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname)
}

import { FargateLoginError } from '../../core/error.ts'
import type { JournalEntry } from '../../core/journal/journal-entry.ts'
import { entryAge } from '../../core/journal/left-behind.ts'
import { centsOf, type ListedTask } from '../../core/task/listed-task.ts'
import { isEnding } from '../../core/task/task.ts'
import { adviceText, commandForSession } from '../../core/text/paste.ts'
import type { Ports } from '../ports/ports.ts'
import { LISTING_DELAY_SECONDS } from './live-tasks.ts'
import { loopbackOf } from './loopback.ts'
import { refuseOtherAccount } from './other-account.ts'
import { findPublicIds } from './public-ids.ts'
import { stopListed } from './stop-listed.ts'

/**
 * Stops the task that a journal session may have left running. A session without a task is forgotten.
 * @param ports for the place that the entry names
 * @returns whether there was a task to stop
 * @throws FargateLoginError `stop-unconfirmed`, `session-unknown` with other credentials, or AWS's error
 */
export async function stopNoted(entry: JournalEntry, ports: Ports, cancel: AbortSignal): Promise<boolean> {
  const { session, cluster } = entry
  try {
    const task = await findNoted(entry, ports, cancel)
    if (task) {
      const cents = centsOf(task, await findPublicIds([task], ports, cancel))
      await stopListed({ ...task, session, cluster, centsPerHour: cents }, ports, cancel)
      return true
    }
    refuseOtherEndpoint(entry, ports)
    await refuseOtherAccount(entry, ports, cancel)
    refuseTooSoon(entry, ports)
  } catch (error) {
    cancel.throwIfAborted()
    if (!isEndOfEmbeddedEcs(error, entry, ports)) throw error
  }
  await ports.journal.remove(session)
  return false
}

/** Finds the task. Without an ARN, because RunTask's answer was lost, it is found by its `startedBy`. */
async function findNoted(
  { cluster, taskArn, startedBy }: JournalEntry,
  { tasks }: Pick<Ports, 'tasks'>,
  cancel: AbortSignal,
): Promise<ListedTask | undefined> {
  try {
    const arns = taskArn === undefined ? await tasks.listTasks(cluster, startedBy, cancel) : [taskArn]
    const described = await tasks.describeTasks(cluster, arns, cancel)
    return described.find((task) => task.startedBy === startedBy && !isEnding(task))
  } catch (error) {
    cancel.throwIfAborted()
    if (error instanceof FargateLoginError && error.awsCode === 'ClusterNotFoundException') return undefined
    throw error
  }
}

/** Another endpoint does not know the task, wherever it runs. */
function refuseOtherEndpoint(
  { session, access: { endpointUrl } }: JournalEntry,
  { access }: Pick<Ports, 'access'>,
) {
  if (endpointUrl === access.endpointUrl) return
  const [asked, noted] = [access.endpointUrl, endpointUrl].map((url) => url ?? "AWS's own endpoint")
  throw new FargateLoginError('session-unknown', `${asked} knows no task of session ${session}.`, {
    hint: `The session is at ${noted}. Drop --endpoint-url, or unset AWS_ENDPOINT_URL.`,
  })
}

function refuseTooSoon(entry: JournalEntry, { clock }: Pick<Ports, 'clock'>): void {
  if (entry.taskArn !== undefined || entryAge(entry, clock.wallNow()) >= LISTING_DELAY_SECONDS) return
  throw new FargateLoginError(
    'stop-unconfirmed',
    `ECS does not know a task of session ${entry.session} yet, but may still start it.`,
    {
      hint: adviceText({ text: 'Try again in a minute:', command: commandForSession('stop', entry.session) }),
    },
  )
}

/** An endpoint on this machine refuses the connection: an embedded ECS has ended, and its tasks with it. */
function isEndOfEmbeddedEcs(
  error: unknown,
  { access: { endpointUrl } }: JournalEntry,
  { access }: Pick<Ports, 'access'>,
): boolean {
  return (
    endpointUrl === access.endpointUrl &&
    error instanceof FargateLoginError &&
    error.awsCode === 'ECONNREFUSED' &&
    loopbackOf(endpointUrl) !== undefined
  )
}

import { staysOnPurpose } from '../../core/journal/journal-entry.ts'
import { entryAge } from '../../core/journal/left-behind.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import { isAt, type Place } from '../../core/journal/place.ts'
import { tagValue } from '../../core/plan/tag-value.ts'
import { type ListedTask, type SessionTask, sessionTask } from '../../core/task/listed-task.ts'
import { arnAccount } from '../../core/text/arn.ts'
import { findOwner } from '../plan/owner.ts'
import type { Ports } from '../ports/ports.ts'
import { findEndedKept } from './ended-kept.ts'
import { leftBehind } from './left-behind.ts'
import { findPublicIds } from './public-ids.ts'
import { readJournalOrWarn } from './read-journal.ts'

/** The tasks of one cluster, and what the journal knows about them. */
export interface ClusterTasks {
  /** Tasks that any user of fargate-login started, oldest first. */
  readonly tasks: readonly SessionTask[]
  /** All other tasks. We never touch these. */
  readonly foreign: readonly ListedTask[]
  /** Journal sessions in other places that may still have a process. */
  readonly elsewhere: readonly NotedSession[]
  /** Journal sessions of this place that run without a process of this machine. */
  readonly detached: readonly NotedSession[]
  /** Journal sessions of this place whose task waits for later commands. */
  readonly kept: readonly NotedSession[]
  /** Journal sessions whose process was killed, except those that are gone. */
  readonly leftBehind: readonly NotedSession[]
  /** Journal sessions to forget: no process will stop their task, and ECS does not run it, or has ended. */
  readonly gone: readonly NotedSession[]
}

export interface ClusterInput {
  readonly cluster: string
  readonly localUser: string
}

type LivePorts = Pick<
  Ports,
  'access' | 'identity' | 'tasks' | 'addresses' | 'journal' | 'sockets' | 'reporter' | 'clock'
>

/** Asks ECS for the sessions, so it also finds those that other machines started. */
export async function findLiveTasks(
  { cluster, localUser }: ClusterInput,
  ports: LivePorts,
  signal: AbortSignal,
): Promise<ClusterTasks> {
  const { access, identity, tasks, reporter, clock } = ports
  reporter.step('task', `Asking for the tasks of cluster ${cluster}`)
  const [caller, arns, noted] = await Promise.all([
    findOwner(ports, localUser, signal),
    tasks.listTasks(cluster, undefined, signal),
    readJournalOrWarn(ports),
  ])
  const described = await tasks.describeTasks(cluster, arns, signal)
  const listed = described.filter(({ desiredStatus }) => desiredStatus !== 'STOPPED')
  const ownership = { owner: tagValue(caller), noted: new Set(noted.map(({ entry }) => entry.session)) }
  const publicIds = await findPublicIds(listed, ports, signal)
  const sessions = listed.map((task) => sessionTask(task, ownership, publicIds))
  const live = sessions.filter((task) => task !== undefined).toSorted(byAge)
  reporter.done('task', `Sessions among the tasks of cluster ${cluster}: ${live.length} of ${listed.length}`)
  const place: Place = {
    account: arnAccount(caller),
    region: await identity.region(),
    cluster,
    endpointUrl: access.endpointUrl,
  }
  const sorted = sortNoted(noted, place, new Set(live.map(({ session }) => session)), clock.wallNow())
  const ended = await findEndedKept(sorted.elsewhere, ports, signal)
  return {
    tasks: live,
    foreign: listed.filter((_, index) => sessions[index] === undefined),
    ...sorted,
    elsewhere: sorted.elsewhere.filter((one) => !ended.includes(one)),
    gone: [...sorted.gone, ...ended],
  }
}

function sortNoted(
  noted: readonly NotedSession[],
  place: Place,
  live: ReadonlySet<string>,
  now: Date,
): Pick<ClusterTasks, 'elsewhere' | 'detached' | 'kept' | 'leftBehind' | 'gone'> {
  const gone = noted.filter((one) => isAt(one.entry, place) && isGone(one, live, now))
  const rest = noted.filter((one) => !gone.includes(one))
  return {
    elsewhere: rest.filter(
      ({ entry, owner }) => (staysOnPurpose(entry) || owner !== 'dead') && !isAt(entry, place),
    ),
    detached: rest.filter(({ entry }) => entry.detached && !entry.unconfirmed && live.has(entry.session)),
    kept: rest.filter(({ entry }) => entry.kept && live.has(entry.session)),
    leftBehind: leftBehind(rest),
    gone,
  }
}

/** ECS may leave a new task out of its lists for this long. */
export const LISTING_DELAY_SECONDS = 60

function isGone({ entry, owner }: NotedSession, live: ReadonlySet<string>, now: Date): boolean {
  const ownerless = staysOnPurpose(entry) || owner === 'dead'
  return ownerless && entryAge(entry, now) > LISTING_DELAY_SECONDS && !live.has(entry.session)
}

function byAge(a: ListedTask, b: ListedTask): number {
  return (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0)
}

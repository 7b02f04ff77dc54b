import { entryAge } from '../../core/journal/left-behind.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import { isAt, type Place } from '../../core/journal/place.ts'
import { tagValue } from '../../core/plan/tag-value.ts'
import { type ListedTask, type SessionTask, sessionTask } from '../../core/task/listed-task.ts'
import { arnAccount } from '../../core/text/arn.ts'
import { findOwner } from '../plan/owner.ts'
import type { Ports } from '../ports/ports.ts'
import { leftBehind } from './left-behind.ts'
import { findPublicIds } from './public-ids.ts'

/** What runs in one cluster, and what the journal adds to it. */
export interface ClusterTasks {
  /** Those that fargate-login started, for anybody; the oldest first. */
  readonly tasks: readonly SessionTask[]
  /** All others, which are not ours to touch. */
  readonly foreign: readonly ListedTask[]
  /** Noted sessions in other places, whose process may still be there. */
  readonly elsewhere: readonly NotedSession[]
  /** Noted sessions of this place that go on without a process of this machine. */
  readonly detached: readonly NotedSession[]
  /** Noted sessions whose process was killed, without those that are gone. */
  readonly leftBehind: readonly NotedSession[]
  /** Noted sessions that can be forgotten: no process will stop their task, and ECS does not run it. */
  readonly gone: readonly NotedSession[]
}

export interface ClusterInput {
  readonly cluster: string
  readonly localUser: string
}

type LivePorts = Pick<Ports, 'access' | 'identity' | 'tasks' | 'addresses' | 'journal' | 'reporter' | 'clock'>

/** Asks ECS, so it needs no journal and works from any machine. */
export async function findLiveTasks(
  { cluster, localUser }: ClusterInput,
  ports: LivePorts,
  signal: AbortSignal,
): Promise<ClusterTasks> {
  const { access, identity, tasks, journal, reporter, clock } = ports
  reporter.step('task', `asking for the tasks of cluster ${cluster}`)
  const [caller, arns, noted] = await Promise.all([
    findOwner(ports, localUser, signal),
    tasks.listTasks(cluster, undefined, signal),
    journal.read(),
  ])
  const described = await tasks.describeTasks(cluster, arns, signal)
  const listed = described.filter(({ desiredStatus }) => desiredStatus !== 'STOPPED')
  const whose = { owner: tagValue(caller), noted: new Set(noted.map(({ entry }) => entry.session)) }
  const publicIds = await findPublicIds(listed, ports, signal)
  const sessions = listed.map((task) => sessionTask(task, whose, publicIds))
  const live = sessions.filter((task) => task !== undefined).toSorted(byAge)
  reporter.done('task', `${live.length} of ${listed.length} on cluster ${cluster} are sessions`)
  const place: Place = {
    account: arnAccount(caller),
    region: await identity.region(),
    cluster,
    endpointUrl: access.endpointUrl,
  }
  return {
    tasks: live,
    foreign: listed.filter((_, index) => sessions[index] === undefined),
    ...sortNoted(noted, place, new Set(live.map(({ session }) => session)), clock.wallNow()),
  }
}

function sortNoted(
  noted: readonly NotedSession[],
  place: Place,
  live: ReadonlySet<string>,
  now: Date,
): Pick<ClusterTasks, 'elsewhere' | 'detached' | 'leftBehind' | 'gone'> {
  const gone = noted.filter((one) => isAt(one.entry, place) && isGone(one, live, now))
  const rest = noted.filter((one) => !gone.includes(one))
  return {
    elsewhere: rest.filter(({ entry, owner }) => (entry.detached || owner !== 'dead') && !isAt(entry, place)),
    detached: rest.filter(({ entry }) => entry.detached && live.has(entry.session)),
    leftBehind: leftBehind(rest),
    gone,
  }
}

/** A task that RunTask has just taken may be missing from a list for so long. */
export const LISTING_DELAY_SECONDS = 60

function isGone({ entry, owner }: NotedSession, live: ReadonlySet<string>, now: Date): boolean {
  const ownerless = entry.detached !== undefined || owner === 'dead'
  return ownerless && entryAge(entry, now) > LISTING_DELAY_SECONDS && !live.has(entry.session)
}

function byAge(a: ListedTask, b: ListedTask): number {
  return (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0)
}

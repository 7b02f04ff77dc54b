import { entryAge } from '../../core/journal/left-behind.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import { isAt, type Place } from '../../core/journal/place.ts'
import { tagValue } from '../../core/plan/tag-value.ts'
import { type ListedTask, type SessionTask, sessionTask } from '../../core/task/listed-task.ts'
import { arnAccount } from '../../core/task/task.ts'
import { findOwner } from '../plan/owner.ts'
import type { Ports } from '../ports.ts'
import { leftBehind } from './left-behind.ts'
import { findPublicIds } from './public-ids.ts'

/** What runs in one cluster, and what the journal adds to it. */
export interface LiveTasks {
  /** Those that fargate-login started, whoever asked it to; the oldest first. */
  readonly tasks: readonly SessionTask[]
  /** All others, which are none of our business. */
  readonly foreign: readonly ListedTask[]
  /** Noted sessions in other places, whose process may still be there. */
  readonly elsewhere: readonly NotedSession[]
  /** Noted sessions of this place that go on without a process of this machine. */
  readonly detached: readonly NotedSession[]
  /** Noted sessions whose process was killed, without those whose task is known to be gone. */
  readonly leftBehind: readonly NotedSession[]
}

/** Asks ECS, so it needs no journal and works from any machine. */
export async function findLiveTasks(
  { cluster, localUser }: { readonly cluster: string; readonly localUser: string },
  ports: Ports,
  signal: AbortSignal,
): Promise<LiveTasks> {
  ports.reporter.step('task', `asking for the tasks of cluster ${cluster}`)
  const [caller, arns, noted] = await Promise.all([
    findOwner(ports, localUser, signal),
    ports.ecs.listTasks(cluster, undefined, signal),
    ports.journal.read(),
  ])
  const described = await ports.ecs.describeTasks(cluster, arns, signal)
  const listed = described.filter(({ desiredStatus }) => desiredStatus !== 'STOPPED')
  const whose = { owner: tagValue(caller), noted: new Set(noted.map(({ entry }) => entry.session)) }
  const publicIds = await findPublicIds(listed, ports, signal)
  const sessions = listed.map((task) => sessionTask(task, whose, publicIds))
  const tasks = sessions.filter((task) => task !== undefined).toSorted(byAge)
  const place: Place = {
    account: arnAccount(caller),
    region: await ports.ecs.region(),
    cluster,
    endpointUrl: ports.journal.access.endpointUrl,
  }
  ports.reporter.done('task', `${tasks.length} of ${listed.length} on cluster ${cluster} are sessions`)
  const live = new Set(tasks.map(({ session }) => session))
  const gone = new Set(noted.filter((one) => isGone(one, place, live)))
  for (const { entry } of gone) await ports.journal.remove(entry.session)
  const left = noted.filter((one) => !gone.has(one))
  return {
    tasks,
    foreign: listed.filter((_, index) => sessions[index] === undefined),
    elsewhere: left.filter(({ entry, owner }) => (entry.detached || owner !== 'dead') && !isAt(entry, place)),
    detached: left.filter(({ entry }) => entry.detached && live.has(entry.session)),
    leftBehind: leftBehind(left),
  }
}

/** Seconds. A task that RunTask has just taken may be missing from a list. */
export const SETTLED = 60

/** Nothing is left of it to remember: no process will stop its task, and ECS does not run that. */
function isGone({ entry, owner }: NotedSession, place: Place, live: ReadonlySet<string>): boolean {
  const settled = entryAge(entry, new Date()) > SETTLED
  const ownerless = entry.detached !== undefined || owner === 'dead'
  return ownerless && isAt(entry, place) && settled && !live.has(entry.session)
}

function byAge(a: ListedTask, b: ListedTask): number {
  return (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0)
}

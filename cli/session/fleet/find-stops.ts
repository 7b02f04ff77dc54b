import type { NotedSession } from '../../core/journal/owner-state.ts'
import { chooseTask } from '../../core/task/choose-task.ts'
import { foreignTask, unknownId } from '../../core/task/session-unknown.ts'
import type { StopRequest } from '../../core/task/stop-request.ts'
import { arnRegion, clusterOfTask } from '../../core/text/arn.ts'
import type { AwsAccess } from '../../core/text/paste.ts'
import { leftBehind } from './left-behind.ts'
import { type ClusterTasks, findLiveTasks } from './live-tasks.ts'
import { readJournalOrWarn } from './read-journal.ts'
import type { Stop, StopContext } from './stop.ts'

export interface FoundStops {
  readonly stops: readonly Stop[]
  /** Sessions of the journal that turned out to be gone. */
  readonly gone: readonly NotedSession[]
}

/**
 * Finds the tasks and sessions that a stop request names.
 * @throws FargateLoginError `usage` for an ambiguous ID, `journal-unreadable` for `--dead`, or AWS's error
 */
export async function findStops(
  request: StopRequest,
  context: StopContext,
  cancel: AbortSignal,
): Promise<FoundStops> {
  if (request.kind === 'dead') {
    const noted = await context.ports.journal.read()
    return { stops: leftBehind(noted).map(({ entry }) => ({ kind: 'noted', entry, silent: true })), gone: [] }
  }
  if (request.kind === 'ids') {
    return await findByIds(request.ids, await readJournalOrWarn(context.ports), context, cancel)
  }
  const { cluster, ports } = context
  const { tasks, gone } = await findLiveTasks(context, ports, cancel)
  const wanted = tasks.filter(({ mine }) => mine || request.kind === 'all')
  return { stops: wanted.map((task) => ({ kind: 'listed', task, cluster })), gone }
}

async function findByIds(
  ids: readonly string[],
  noted: readonly NotedSession[],
  context: StopContext,
  cancel: AbortSignal,
): Promise<FoundStops> {
  const stops: Stop[] = []
  const gone: NotedSession[] = []
  let here: FoundTasks | undefined
  for (const id of ids) {
    // A complete ID in the journal needs no look at the current cluster, which the user may not be allowed to list.
    const known = noted.find(({ entry }) => entry.session === id || entry.taskArn === id)
    const cluster = clusterOfTask(id)
    if (known) stops.push({ kind: 'noted', entry: known.entry, silent: false })
    else if (cluster !== undefined) {
      const there = await findThere(id, cluster, context, cancel)
      gone.push(...there.gone)
      stops.push(chooseStop(id, there))
    } else {
      here ??= {
        ...(await findLiveTasks(context, context.ports, cancel)),
        cluster: context.cluster,
        own: context.ports.access,
        noted,
      }
      stops.push(chooseStop(id, here))
    }
  }
  return { stops, gone: [...gone, ...(here?.gone ?? [])] }
}

/** What an ID can match: the tasks of one cluster, and the sessions of the journal. */
interface FoundTasks extends Pick<ClusterTasks, 'tasks' | 'foreign' | 'gone'> {
  readonly cluster: string
  /** How to reach the place, if it is not the user's own. */
  readonly access?: AwsAccess
  /** For commands to paste. */
  readonly own: AwsAccess
  readonly noted: readonly NotedSession[]
}

/** Searches the Region and the cluster that the ARN names. */
async function findThere(
  arn: string,
  cluster: string,
  context: StopContext,
  cancel: AbortSignal,
): Promise<FoundTasks> {
  const region = arnRegion(arn)
  const access = region === undefined ? {} : { region }
  await using place = await context.openPlace(cluster, access)
  const live = await findLiveTasks({ ...context, cluster }, place.ports, cancel)
  return { ...live, cluster, access, own: place.ports.access, noted: [] }
}

function chooseStop(id: string, found: FoundTasks): Stop {
  const { tasks, foreign, noted, cluster, access, own } = found
  const running = new Set(tasks.map(({ session }) => session))
  const others = noted.map(({ entry }) => entry).filter(({ session }) => !running.has(session))
  const choices: readonly { session: string; arn: string | undefined; stop: Stop }[] = [
    ...tasks.map((task) => ({
      session: task.session,
      arn: task.arn,
      stop: { kind: 'listed', task, cluster, ...(access && { access }) } as const,
    })),
    ...others.map((entry) => ({
      session: entry.session,
      arn: entry.taskArn,
      stop: { kind: 'noted', entry, silent: false } as const,
    })),
  ]
  const chosen = chooseTask(id, choices)
  if (chosen) return chosen.stop
  const foreignMatch = chooseTask(
    id,
    foreign.map(({ arn }) => ({ session: undefined, arn })),
  )
  const error = foreignMatch ? foreignTask(foreignMatch.arn, cluster, own) : unknownId(id, cluster, own)
  return { kind: 'refused', error }
}

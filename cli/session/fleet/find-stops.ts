import type { FargateLoginError } from '../../core/error.ts'
import type { JournalEntry } from '../../core/journal/journal-entry.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import { chooseTask } from '../../core/task/choose-task.ts'
import type { SessionTask } from '../../core/task/listed-task.ts'
import { notOurs, unknownId } from '../../core/task/session-unknown.ts'
import type { StopOrder } from '../../core/task/stop-order.ts'
import { arnRegion, taskCluster } from '../../core/task/task.ts'
import type { AwsAccess } from '../../core/text/aws-command.ts'
import type { Ports } from '../ports.ts'
import { leftBehind } from './left-behind.ts'
import { findLiveTasks, type LiveTasks } from './live-tasks.ts'
import { stopListed } from './stop-listed.ts'
import { stopNoted } from './stop-noted.ts'

/** Where the user looks, and the way to other places. */
export interface StopScene {
  readonly cluster: string
  readonly localUser: string
  readonly ports: Ports
  /** Other members of `access` than those given are the user's. */
  at(cluster: string, access: AwsAccess): Promise<Opened>
}

/** The ports of a place, as long as they are needed. */
export type Opened = AsyncDisposable & { readonly ports: Ports }

/** One stop that is still to be made: everything is found before anything is stopped. */
export interface Stop {
  /** Whether it is somebody else's. */
  readonly foreign: boolean
  run(cancel: AbortSignal): Promise<void>
}

/**
 * What the order names. An ID that nothing has becomes a stop that fails, so that the others are made all the same.
 * @throws FargateLoginError `usage` for an ID that is ambiguous, or what AWS says
 */
export async function findStops(
  order: StopOrder,
  scene: StopScene,
  cancel: AbortSignal,
): Promise<readonly Stop[]> {
  const noted = await scene.ports.journal.read()
  if (order.kind === 'dead') return leftBehind(noted).map(({ entry }) => stopOfNoted(entry, scene, true))
  if (order.kind === 'ids') return await findByIds(order.ids, noted, scene, cancel)
  const { tasks } = await findLiveTasks(scene, scene.ports, cancel)
  const wanted = tasks.filter(({ mine }) => mine || order.kind === 'all')
  return wanted.map((task) => stopOfListed(task, scene.cluster, () => here(scene)))
}

async function findByIds(
  ids: readonly string[],
  noted: readonly NotedSession[],
  scene: StopScene,
  cancel: AbortSignal,
): Promise<readonly Stop[]> {
  const stops: Stop[] = []
  let live: LiveTasks | undefined
  for (const id of ids) {
    // A whole ID of the journal needs no look at this place, to which the user may have no access.
    const known = noted.find(({ entry }) => entry.session === id || entry.taskArn === id)
    if (known) {
      stops.push(stopOfNoted(known.entry, scene, false))
      continue
    }
    const cluster = taskCluster(id)
    if (cluster !== undefined) {
      stops.push(await findByArn(id, cluster, scene, cancel))
      continue
    }
    live ??= await findLiveTasks(scene, scene.ports, cancel)
    stops.push(findLive(id, live, noted, scene))
  }
  return stops
}

async function findByArn(arn: string, cluster: string, scene: StopScene, cancel: AbortSignal): Promise<Stop> {
  const region = arnRegion(arn)
  const access = region === undefined ? {} : { region }
  const there = () => scene.at(cluster, access)
  await using place = await there()
  const live = await findLiveTasks({ ...scene, cluster }, place.ports, cancel)
  return findLive(arn, live, [], { ...scene, cluster }, there)
}

function findLive(
  id: string,
  live: LiveTasks,
  noted: readonly NotedSession[],
  scene: StopScene,
  there = () => here(scene),
): Stop {
  const running = new Set(live.tasks.map(({ session }) => session))
  const others = noted.filter(({ entry }) => !running.has(entry.session)).map(({ entry }) => entry)
  const choices = [
    ...live.tasks.map((task) => ({
      session: task.session,
      arn: task.arn,
      stop: () => stopOfListed(task, scene.cluster, there),
    })),
    ...others.map((entry) => ({
      session: entry.session,
      arn: entry.taskArn,
      stop: () => stopOfNoted(entry, scene, false),
    })),
  ]
  const chosen = chooseTask(id, choices)
  if (chosen) return chosen.stop()
  const foreign = chooseTask(
    id,
    live.foreign.map(({ arn }) => ({ session: undefined, arn })),
  )
  return refusal(foreign ? notOurs(foreign.arn ?? id) : unknownId(id, scene.cluster))
}

function stopOfListed(task: SessionTask, cluster: string, there: () => Promise<Opened>): Stop {
  return {
    foreign: !task.mine,
    async run(cancel) {
      await using place = await there()
      await stopListed({ ...task, cluster }, place.ports, cancel)
    },
  }
}

async function here({ ports }: StopScene): Promise<Opened> {
  return { ports, [Symbol.asyncDispose]: async () => {} }
}

/** @param silent whether a session that has no task any more is worth a line */
function stopOfNoted(entry: JournalEntry, scene: StopScene, silent: boolean): Stop {
  return {
    foreign: false,
    async run(cancel) {
      await using there = await scene.at(entry.cluster, entry.access)
      const stopped = await stopNoted(entry, there.ports, cancel)
      if (!stopped && !silent) there.ports.reporter.done('stop', `${entry.session} has no task any more`)
    },
  }
}

function refusal(error: FargateLoginError): Stop {
  return {
    foreign: false,
    async run() {
      throw error
    },
  }
}

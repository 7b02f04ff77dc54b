import { readConfig } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import type { Config } from '../../core/config/config.ts'
import { detachedText, elsewhereText, leftBehindText } from '../../core/journal/left-behind.ts'
import type { SessionTask } from '../../core/task/listed-task.ts'
import { sessionTaskJson } from '../../core/task/session-task-json.ts'
import { printableJson } from '../../core/text/printable-json.ts'
import { forget } from '../../session/fleet/left-behind.ts'
import { type ClusterTasks, findLiveTasks } from '../../session/fleet/live-tasks.ts'
import type { Ports } from '../../session/ports/ports.ts'
import { coloursFor } from '../../terminal/colour.ts'
import { printableBlock } from '../../terminal/printable.ts'
import { taskTable } from '../../terminal/task-table.ts'
import type { Context } from '../context.ts'
import { localUserName } from './local-user.ts'

export interface ListFlags extends RawFlags {
  readonly all?: boolean
  readonly json?: boolean
}

export interface ListInput {
  readonly target: string | undefined
  readonly flags: ListFlags
}

export async function list({ target, flags }: ListInput, context: Context): Promise<void> {
  const { environment, directory, streams, cancel } = context
  const requested = await readConfig({ flags, target, environment, directory })
  await using composition = await context.compose(requested)
  const { config, ports } = composition
  await composition.signIn()
  const now = ports.clock.wallNow()
  const live = await findLiveTasks({ ...config, localUser: localUserName() }, ports, cancel)
  await forget(live.gone, ports)
  const shown = live.tasks.filter(({ mine }) => mine || flags.all)
  streams.stdout.write(listText(shown, now, flags, context))
  if (config.verbosity === 'quiet') return
  for (const line of remarks(shown, live, config, ports)) {
    streams.stderr.write(`fargate-login: ${printableBlock(line)}\n`)
  }
  for (const { entry } of live.leftBehind) ports.reporter.warn(leftBehindText(entry, now))
}

function listText(
  shown: readonly SessionTask[],
  now: Date,
  { all, json }: ListFlags,
  context: Context,
): string {
  if (json) return `${printableJson(shown.map((task) => sessionTaskJson(task, now)))}\n`
  if (shown.length === 0) return ''
  const { streams, environment } = context
  const colours = coloursFor(streams.stdout, environment)
  return taskTable(shown, { withOwner: all === true, colours, now })
}

function remarks(
  shown: readonly SessionTask[],
  { tasks, elsewhere, detached }: ClusterTasks,
  { cluster }: Config,
  { journal, clock }: Ports,
): readonly string[] {
  const nothing =
    tasks.length === 0
      ? `There are no live tasks of fargate-login on cluster ${cluster}.`
      : `You have no live tasks on cluster ${cluster}; ${tasks.length} ${tasks.length === 1 ? 'belongs' : 'belong'} to others: add --all.`
  return [
    ...(shown.length === 0 ? [nothing] : []),
    ...detached.map(({ entry: { session } }) => detachedText(session, journal.keyFile(session))),
    ...elsewhere.map(({ entry }) => elsewhereText(entry, clock.wallNow())),
  ]
}

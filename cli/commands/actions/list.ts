import { readConfig } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import type { KeptTask } from '../../core/journal/journal-entry.ts'
import { keptText } from '../../core/journal/kept-text.ts'
import { leftBehindAdvice } from '../../core/journal/left-behind.ts'
import type { SessionTask } from '../../core/task/listed-task.ts'
import { type Stay, sessionTaskJson } from '../../core/task/session-task-json.ts'
import { printableJson } from '../../core/text/printable-json.ts'
import { forget } from '../../session/fleet/left-behind.ts'
import { type ClusterTasks, findLiveTasks } from '../../session/fleet/live-tasks.ts'
import { coloursFor } from '../../terminal/colour.ts'
import { glyphsFor } from '../../terminal/glyphs.ts'
import { taskTable } from '../../terminal/task-table.ts'
import type { Context } from '../context.ts'
import { noteWhatToDo } from './list-notes.ts'
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
  const stays = staysOf(live)
  const verbose = config.verbosity === 'verbose'
  streams.stdout.write(listText({ shown, stays, now, verbose, flags }, context))
  if (config.verbosity === 'quiet') return
  await noteWhatToDo({ shown, live, cluster: config.cluster, json: flags.json === true }, ports)
  for (const { entry } of live.leftBehind) {
    const { text, command } = leftBehindAdvice(entry, now)
    ports.reporter.warn(text, command)
  }
}

function staysOf({ detached, kept }: ClusterTasks): ReadonlyMap<string, Stay> {
  const tasks = kept.map(({ entry }) => [entry.session, entry.kept as KeptTask] as const)
  return new Map<string, Stay>([
    ...detached.map(({ entry }) => [entry.session, 'detached'] as const),
    ...tasks,
  ])
}

interface Listed {
  readonly shown: readonly SessionTask[]
  /** Sessions that stay when their user leaves. */
  readonly stays: ReadonlyMap<string, Stay>
  readonly now: Date
  readonly verbose: boolean
  readonly flags: ListFlags
}

function listText({ shown, stays, now, verbose, flags }: Listed, { streams, environment }: Context): string {
  if (flags.json) {
    return `${printableJson(shown.map((task) => sessionTaskJson(task, now, stays.get(task.session))))}\n`
  }
  if (shown.length === 0) return ''
  return taskTable(shown, {
    withOwner: flags.all === true,
    verbose,
    kept: new Map(
      [...stays].map(([session, stay]) => [session, stay === 'detached' ? stay : keptText(stay, now)]),
    ),
    colours: coloursFor(streams.stdout, environment),
    glyphs: glyphsFor(environment),
    columns: streams.stdout.isTTY ? streams.stdout.columns : undefined,
    now,
  })
}

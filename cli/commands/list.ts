import type { Command } from 'commander'
import { readConfig } from '../config/read-config.ts'
import type { Config } from '../core/config.ts'
import { detachedText, elsewhereText, leftBehindText } from '../core/journal/left-behind.ts'
import type { SessionTask } from '../core/task/listed-task.ts'
import { sessionTaskJson } from '../core/task/session-task-json.ts'
import { printableJson } from '../core/text/printable-json.ts'
import { findLiveTasks, type LiveTasks } from '../session/fleet/live-tasks.ts'
import type { Ports } from '../session/ports.ts'
import { coloursFor } from '../terminal/colour.ts'
import { printableBlock } from '../terminal/printable.ts'
import { taskTable } from '../terminal/task-table.ts'
import type { Context } from './context.ts'
import { localUserName } from './local-user.ts'
import { placeCommand } from './place-command.ts'
import { examples } from './session-command.ts'
import { refuseWords } from './words.ts'

export function listCommand(context: Context): Command {
  return placeCommand('list', 'the live tasks of a cluster that fargate-login started for you')
    .alias('ls')
    .argument('[target]', 'a target of fargate-login.yaml')
    .option('--all', "other people's too")
    .option('--json', 'an array, for programs')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login list --cluster production',
        '$ fargate-login list web --all',
        "$ fargate-login list --json | jq -r '.[].session'",
      ),
    )
    .action(async (target, flags) => {
      refuseWords(context, 'list')
      const { environment, directory, streams, cancel } = context
      const said = await readConfig({ flags, target, environment, directory })
      await using composition = await context.compose(said, context)
      const { config, ports } = composition
      const live = await findLiveTasks({ ...config, localUser: localUserName() }, ports, cancel)
      const shown = live.tasks.filter(({ mine }) => mine || flags.all)
      streams.stdout.write(listText(shown, flags, context))
      if (config.verbosity === 'quiet') return
      for (const line of remarks(shown, live, config, ports.journal)) {
        streams.stderr.write(`fargate-login: ${printableBlock(line)}\n`)
      }
      for (const { entry } of live.leftBehind) ports.reporter.warn(leftBehindText(entry, new Date()))
    })
}

type ListFlags = { readonly all?: boolean; readonly json?: boolean }

function listText(shown: readonly SessionTask[], { all, json }: ListFlags, context: Context): string {
  const now = new Date()
  if (json) return `${printableJson(shown.map((task) => sessionTaskJson(task, now)))}\n`
  if (shown.length === 0) return ''
  const { streams, environment } = context
  const colours = coloursFor(streams.stdout, environment)
  return taskTable(shown, { withOwner: all === true, colours, now })
}

function remarks(
  shown: readonly SessionTask[],
  { tasks, elsewhere, detached }: LiveTasks,
  { cluster }: Config,
  { keyFile }: Ports['journal'],
): readonly string[] {
  const nothing =
    tasks.length === 0
      ? `No live task of fargate-login on cluster ${cluster}.`
      : `No live task of yours on cluster ${cluster}. ${tasks.length} of other people: add --all.`
  return [
    ...(shown.length === 0 ? [nothing] : []),
    ...detached.map(({ entry: { session } }) => detachedText(session, keyFile(session))),
    ...elsewhere.map(({ entry }) => elsewhereText(entry, new Date())),
  ]
}

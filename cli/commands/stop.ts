import type { Command } from 'commander'
import type { RawFlags } from '../config/flags.ts'
import { readConfig } from '../config/read-config.ts'
import { FargateLoginError } from '../core/error.ts'
import { type StopOrder, type StopWords, stopOrder } from '../core/task/stop-order.ts'
import { findStops, type Stop, type StopScene } from '../session/fleet/find-stops.ts'
import { warnOfLeftBehind } from '../session/fleet/left-behind.ts'
import { runStops } from '../session/fleet/run-stops.ts'
import { askYesNo, canAsk } from '../terminal/ask.ts'
import { printableLine } from '../terminal/printable.ts'
import type { Composition, Context } from './context.ts'
import { localUserName } from './local-user.ts'
import { placeCommand } from './place-command.ts'
import { examples } from './session-command.ts'
import { stopUsage } from './stop-usage.ts'
import { refuseWords } from './words.ts'

export function stopCommand(context: Context): Command {
  return placeCommand('stop', 'stop tasks that fargate-login started, and no other')
    .argument('[id...]', 'a session ID, a task ID or ARN, or the beginning of one')
    .option('--mine', 'all of mine on the cluster')
    .option('--all', "everybody's on the cluster; asks first")
    .option('--dead', 'what killed processes of this machine left behind, on any cluster')
    .option('-y, --yes', 'with --all: do not ask')
    .option('--target <NAME>', 'a target of fargate-login.yaml')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login stop qk3v           # the beginning of an ID of fargate-login list',
        '$ fargate-login stop --mine --cluster production',
        '$ fargate-login stop --dead',
      ),
    )
    .action(async (ids, flags) => {
      refuseWords(context, 'stop')
      const { environment, directory, cancel } = context
      const order = stopOrder({ ids, ...flags } as StopWords)
      const said = await readConfig({ flags, target: flags.target, environment, directory })
      await using composition = await context.compose(said, context)
      const scene = makeScene(composition, flags, context)
      if (order === undefined) throw await stopUsage(scene, cancel)
      const stops = await findStops(order, scene, cancel)
      if (stops.length === 0 && said.verbosity !== 'quiet') sayNothing(order, scene, context)
      if (order.kind === 'all' && stops.length > 0 && !flags.yes) await confirm(stops, scene, context)
      await runStops(stops, cancel)
      if (said.verbosity !== 'quiet') await warnOfLeftBehind(composition.ports)
    })
}

function makeScene({ config, ports }: Composition, flags: RawFlags, context: Context): StopScene {
  return {
    cluster: config.cluster,
    localUser: localUserName(),
    ports,
    at(cluster, access) {
      const profile = flags.profile === undefined ? access.profile : config.profile
      const own = profile === undefined ? {} : { profile }
      return context.compose({ ...config, ...access, ...own, cluster }, context)
    },
  }
}

function sayNothing(order: StopOrder, { cluster }: StopScene, { streams }: Context): void {
  const what =
    order.kind === 'dead'
      ? 'No session was left behind on this machine.'
      : `No live task${order.kind === 'mine' ? ' of yours' : ''} on cluster ${cluster}.`
  streams.stderr.write(`fargate-login: ${printableLine(what)}\n`)
}

/** @throws FargateLoginError `usage` without a terminal, `cancelled` when the answer is no */
async function confirm(
  stops: readonly Stop[],
  { cluster }: StopScene,
  { streams, cancel }: Context,
): Promise<void> {
  const others = stops.filter(({ foreign }) => foreign).length
  const what = `${stops.length} ${stops.length === 1 ? 'task' : 'tasks'} on cluster ${cluster}`
  const whose = others === 0 ? '' : `, ${others} of other people`
  if (!canAsk(streams)) {
    throw new FargateLoginError(
      'usage',
      `--all would stop ${what}${whose}, and nobody is there to be asked.`,
      {
        hint: 'Add --yes, or use --mine.',
      },
    )
  }
  if (await askYesNo(`Stop ${what}${whose}?`, streams, cancel)) return
  throw new FargateLoginError('cancelled', 'Nothing was stopped: the answer was no.')
}

import { readConfig } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import { FargateLoginError } from '../../core/error.ts'
import { type StopOrder, type StopWords, stopOrder } from '../../core/task/stop-order.ts'
import { findStops, type Stop, type StopScene } from '../../session/fleet/find-stops.ts'
import { warnOfLeftBehind } from '../../session/fleet/left-behind.ts'
import { runStops } from '../../session/fleet/run-stops.ts'
import { askYesNo, canAsk } from '../../terminal/ask.ts'
import { printableLine } from '../../terminal/printable.ts'
import type { Composition, Context } from '../context.ts'
import { localUserName } from './local-user.ts'
import { stopUsage } from './stop-usage.ts'

export interface StopInput {
  readonly ids: readonly string[]
  readonly flags: StopFlags
}

type StopFlags = RawFlags & Omit<StopWords, 'ids'> & { readonly yes?: boolean; readonly target?: string }

export async function stop({ ids, flags }: StopInput, context: Context): Promise<void> {
  const { environment, directory, cancel } = context
  const order = stopOrder({ ids, ...flags })
  const requested = await readConfig({ flags, target: flags.target, environment, directory })
  await using composition = await context.compose(requested)
  const scene = makeScene(composition, flags, context)
  if (order === undefined) throw await stopUsage(scene, cancel)
  const stops = await findStops(order, scene, cancel)
  if (stops.length === 0 && requested.verbosity !== 'quiet') reportNothing(order, scene, context)
  if (order.kind === 'all' && stops.length > 0 && !flags.yes) await confirm(stops, scene, context)
  await runStops(stops, cancel)
  if (requested.verbosity !== 'quiet') await warnOfLeftBehind(composition.ports)
}

function makeScene({ config, ports }: Composition, flags: RawFlags, context: Context): StopScene {
  return {
    cluster: config.cluster,
    localUser: localUserName(),
    ports,
    at(cluster, access) {
      const profile = flags.profile === undefined ? access.profile : config.profile
      const own = profile === undefined ? {} : { profile }
      return context.compose({ ...config, ...access, ...own, cluster })
    },
  }
}

function reportNothing(order: StopOrder, { cluster }: StopScene, { streams }: Context): void {
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
      `--all would stop ${what}${whose}, but there is no terminal to confirm on.`,
      {
        hint: 'Add --yes, or use --mine.',
      },
    )
  }
  if (await askYesNo(`Stop ${what}${whose}?`, streams, cancel)) return
  throw new FargateLoginError('cancelled', 'Nothing was stopped: the answer was no.')
}

import { readConfig } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import { readNames } from '../../config/read-names.ts'
import { FargateLoginError } from '../../core/error.ts'
import { checkIdLength } from '../../core/task/choose-task.ts'
import { type StopFlags, type StopRequest, stopRequest } from '../../core/task/stop-request.ts'
import { findByTarget } from '../../session/fleet/find-by-target.ts'
import { findStops } from '../../session/fleet/find-stops.ts'
import { forget, warnOfLeftBehind } from '../../session/fleet/left-behind.ts'
import { runStops } from '../../session/fleet/run-stops.ts'
import { isForeign, type Stop, type StopContext } from '../../session/fleet/stop.ts'
import { askYesNo, canAsk } from '../../terminal/ask.ts'
import { glyphsFor } from '../../terminal/glyphs.ts'
import type { Composition, Context } from '../context.ts'
import { chooseSession } from './choose-session.ts'
import { localUserName } from './local-user.ts'
import { openPlace } from './open-place.ts'
import { type Screen, stopUsage } from './stop-usage.ts'

export interface StopInput {
  readonly ids: readonly string[]
  readonly flags: Flags
}

type Flags = RawFlags & Omit<StopFlags, 'ids'> & { readonly yes?: boolean; readonly target?: string }

export async function stop({ ids, flags }: StopInput, context: Context): Promise<void> {
  const { environment, directory, cancel } = context
  const asked = stopRequest({ ids, ...flags })
  const requested = await readConfig({ flags, target: flags.target, environment, directory })
  const { targets } = await readNames({ config: flags.config as string | undefined, environment, directory })
  for (const id of ids) if (!targets.includes(id)) checkIdLength(id)
  await using composition = await context.compose(requested)
  const stopContext = contextOf(composition, flags, context)
  if (asked === undefined) throw await stopUsage(stopContext, screenOf(context), cancel)
  const request = await withoutTargets(asked, targets, stopContext, context)
  const { stops, gone } = await findStops(request, stopContext, cancel)
  await forget(gone, composition.ports)
  if (stops.length === 0) composition.ports.reporter.note(nothingText(request, stopContext))
  if (request.kind === 'all' && stops.length > 0 && !flags.yes) await confirm(stops, stopContext, context)
  await runStops(stops, stopContext, cancel)
  if (requested.verbosity !== 'quiet') await warnOfLeftBehind(composition.ports)
}

/** Puts the IDs of their sessions in place of targets. */
async function withoutTargets(
  request: StopRequest,
  targets: readonly string[],
  stopContext: StopContext,
  context: Context,
): Promise<StopRequest> {
  if (request.kind !== 'ids') return request
  const ids = new Set<string>()
  for (const id of request.ids) {
    if (!targets.includes(id)) ids.add(id)
    else {
      const entries = await findByTarget(id, () => true, stopContext, context.cancel)
      const now = stopContext.ports.clock.wallNow()
      ids.add(await chooseSession({ command: 'stop', target: id, entries, now }, context))
    }
  }
  return { kind: 'ids', ids: [...ids] }
}

function contextOf({ config, ports }: Composition, flags: RawFlags, context: Context): StopContext {
  return {
    cluster: config.cluster,
    localUser: localUserName(),
    ports,
    openPlace: (cluster, access) => openPlace({ cluster, access }, config, flags, context),
  }
}

function nothingText({ kind }: StopRequest, { cluster }: StopContext): string {
  if (kind === 'dead') return 'No session was left behind on this machine.'
  return kind === 'mine'
    ? `You have no live sessions on cluster ${cluster}.`
    : `There are no live sessions on cluster ${cluster}.`
}

/** Hints are indented by two. */
const INDENT = 2

function screenOf({ streams: { stderr }, environment }: Context): Screen {
  return {
    glyphs: glyphsFor(environment),
    columns: stderr.isTTY ? stderr.columns - INDENT : undefined,
  }
}

/** @throws FargateLoginError `usage` without a terminal, `cancelled` if the user declines */
async function confirm(
  stops: readonly Stop[],
  { cluster }: StopContext,
  { streams, cancel }: Context,
): Promise<void> {
  const others = stops.filter(isForeign).length
  const what = `${stops.length} ${stops.length === 1 ? 'task' : 'tasks'} on cluster ${cluster}`
  const foreign = others === 0 ? '' : `, ${others} of other people`
  if (!canAsk(streams)) {
    throw new FargateLoginError(
      'usage',
      `--all would stop ${what}${foreign}, but there is no terminal to confirm on.`,
      {
        hint: 'Add --yes, or use --mine.',
      },
    )
  }
  if (await askYesNo(`Stop ${what}${foreign}?`, streams, cancel)) return
  throw new FargateLoginError('cancelled', 'Nothing was stopped, because the answer was no.')
}

import { FargateLoginError } from '../../../core/error.ts'
import { findProcess } from '../../../local-process.ts'
import { clock } from '../../../terminal/clock.ts'
import type { Context } from '../../context.ts'
import type { Ready, Release } from './background-protocol.ts'
import type { LocalOptions } from './options.ts'
import { startEcs } from './start-ecs.ts'

const PAUSE_MS = 1_000

/** What `local --detach` leaves running. It ends with the leader of the user's session, at the latest. */
export async function serveInBackground(options: LocalOptions, context: Context): Promise<void> {
  const { cancel } = context
  // Not AbortSignal.any, for the reason that startLimit names.
  const start = new AbortController()
  cancel.addEventListener('abort', () => start.abort(cancel.reason))
  const release = waitForRelease(start)
  await using ecs = await startEcs(options, context, start.signal)
  const { environment, endpointUrl, runner } = ecs
  process.send?.({ environment, endpointUrl, runner } satisfies Ready)
  const released = await release
  if (released) await untilOver(released, cancel)
}

/** @returns `undefined` if `local --detach` ended first */
function waitForRelease(start: AbortController): Promise<Release | undefined> {
  if (!process.connected) throw new FargateLoginError('usage', '--background is for local --detach.')
  return new Promise((resolve) => {
    process.once('message', (message) => resolve(message as Release))
    process.once('disconnect', () => {
      resolve(undefined)
      start.abort(new FargateLoginError('cancelled', 'local --detach has ended.'))
    })
  })
}

async function untilOver({ leader }: Release, cancel: AbortSignal): Promise<void> {
  while (!cancel.aborted && (leader === undefined || (await findProcess(leader)) !== undefined)) {
    await clock.sleep(PAUSE_MS, cancel).catch(() => {})
  }
}

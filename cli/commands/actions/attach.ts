import { readConfig } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import { readNames } from '../../config/read-names.ts'
import type { AwsAccess } from '../../core/text/paste.ts'
import { attachSession } from '../../session/attach.ts'
import { findByTarget } from '../../session/fleet/find-by-target.ts'
import { findDetached, isDetached } from '../../session/fleet/find-detached.ts'
import type { Context } from '../context.ts'
import { chooseSession } from './choose-session.ts'
import { openPlace } from './open-place.ts'

export interface AttachInput {
  /** Of a session, or a TARGET. */
  readonly id: string
  readonly flags: RawFlags
}

export async function attach({ id, flags }: AttachInput, context: Context): Promise<void> {
  const { environment, directory, cancel } = context
  const requested = await readConfig({ flags, target: undefined, environment, directory })
  const { targets } = await readNames({ config: flags.config as string | undefined, environment, directory })
  await using here = await context.compose(requested)
  const { ports } = here
  const open = (cluster: string, access: AwsAccess) =>
    openPlace({ cluster, access }, requested, flags, context)
  const choose = async () => {
    const entries = await findByTarget(id, isDetached, { ports, openPlace: open }, cancel)
    return await chooseSession(
      { command: 'attach', target: id, entries, now: ports.clock.wallNow() },
      context,
    )
  }
  const entry = await findDetached(targets.includes(id) ? await choose() : id, ports)
  await using place = await open(entry.cluster, entry.access)
  context.finish(await attachSession(entry, place.terminal, place.ports, cancel))
}

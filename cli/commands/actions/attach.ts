import { readConfig } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import { attachSession } from '../../session/attach.ts'
import { findDetached } from '../../session/fleet/find-detached.ts'
import type { Context } from '../context.ts'
import { openPlace } from './open-place.ts'

export interface AttachInput {
  readonly id: string
  readonly flags: RawFlags
}

export async function attach({ id, flags }: AttachInput, context: Context): Promise<void> {
  const { environment, directory, cancel } = context
  const requested = await readConfig({ flags, target: undefined, environment, directory })
  await using here = await context.compose(requested)
  const entry = await findDetached(id, here.ports)
  await using place = await openPlace(entry, requested, flags, context)
  context.finish(await attachSession(entry, place.terminal, place.ports, cancel))
}

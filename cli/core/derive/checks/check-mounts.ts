import { type Mount, mountsOf, placeOf } from '../mounts.ts'
import type { DeriveSource, SourceContainer } from '../source.ts'
import { TOOLKIT_PATH } from '../toolkit.ts'
import { unusable } from './refusal.ts'

/**
 * Refuses a mount at or below the toolkit's path. Refuses a read-only mount above it, such as /opt, because the engine
 * cannot create the toolkit's directory there. Other mounts above are fine: engines sort by depth, so ours comes last.
 * @throws FargateLoginError `task-definition-unusable`
 */
export function checkMounts(source: DeriveSource, app: SourceContainer): void {
  for (const mount of mountsOf(source, app)) {
    const place = placeOf(mount)
    if (place === 'within') throw inTheWay(mount, app, 'has a mount at')
    if (place === 'above' && mount.readOnly) throw inTheWay(mount, app, 'has a read-only mount at')
  }
}

function inTheWay({ path }: Mount, app: SourceContainer, has: string): Error {
  return unusable(
    `Container "${app.name}" ${has} ${path}, and the session's tools are mounted at ${TOOLKIT_PATH}.`,
    'Register a revision that uses another path for that mount, and name it with --task-definition.',
  )
}

import type { VolumeDocument } from '../task/definition-document.ts'
import { unusable } from './checks/refusal.ts'
import type { DeriveSource, SourceContainer } from './source.ts'
import { TOOLKIT_VOLUME } from './toolkit.ts'

/**
 * The source's volumes and the toolkit's. A volume that is configured at launch is left out if no container mounts it,
 * because RunTask would ask for its configuration. Only the service has that.
 * @throws FargateLoginError `task-definition-unusable` if a container that is kept mounts such a volume
 */
export function deriveVolumes(
  source: DeriveSource,
  app: SourceContainer,
  sidecars: readonly SourceContainer[],
): readonly VolumeDocument[] {
  const volumes = (source.volumes ?? []).filter((volume) => {
    if (volume.configuredAtLaunch !== true) return true
    const user = [app, ...sidecars].find(({ mountPoints = [] }) =>
      mountPoints.some(({ sourceVolume }) => sourceVolume === volume.name),
    )
    if (user) throw configuredAtLaunch(volume, user, app)
    return false
  })
  return [...volumes, TOOLKIT_VOLUME]
}

function configuredAtLaunch(volume: VolumeDocument, user: SourceContainer, app: SourceContainer): Error {
  return unusable(
    `Container "${user.name}" mounts volume "${volume.name}", which is configured at launch; a session has no configuration for it.`,
    user === app
      ? `Register a revision of the task definition without volume "${volume.name}", and name it with --task-definition.`
      : 'Drop --keep-sidecars, or register a revision without the volume, and name it with --task-definition.',
  )
}

import { clientException } from '../../protocol/refusal.ts'
import type { Registration } from '../task-definition.ts'

/** Checks the volumes and the containers' references to them. */
export function checkVolumes({ volumes, containerDefinitions: containers }: Registration): void {
  const names = volumes.map(({ name }) => name)
  for (const [index, name] of names.entries()) {
    if (!/^[\w-]{1,255}$/.test(name)) throw clientException('Invalid volume name.')
    if (names.indexOf(name) !== index) throw clientException(`Duplicate volume name '${name}'.`)
  }
  for (const { name, mountPoints, volumesFrom } of containers) {
    for (const { sourceVolume = 'null', containerPath } of mountPoints) {
      if (!names.includes(sourceVolume)) throw clientException(`Unknown volume '${sourceVolume}'.`)
      if (!containerPath) throw clientException('Container path should not be null or empty.')
    }
    const paths = mountPoints.map(({ containerPath }) => containerPath)
    if (new Set(paths).size < paths.length) {
      throw clientException(`Duplicate container path in the mount points of container '${name}'.`)
    }
    for (const { sourceContainer = 'null' } of volumesFrom) {
      if (!containers.some((container) => container.name === sourceContainer)) {
        throw clientException(`Unknown container '${sourceContainer}' in volumesFrom of container '${name}'.`)
      }
    }
  }
}

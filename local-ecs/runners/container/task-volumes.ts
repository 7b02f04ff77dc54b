import type { Mount } from '../container-settings.ts'
import type { ContainerRequest, TaskRequest } from '../runner.ts'
import { StartFailure } from '../start-failure.ts'
import { type Engine, engine } from './engine/engine.ts'
import { imageVolumes } from './images/image-volumes.ts'
import { runnerLabels } from './runner-labels.ts'

/** The volumes of one task, created when the first container mounts them. */
export interface TaskVolumes {
  /** The arguments to start a container with. @throws StartFailure */
  args(container: ContainerRequest): Promise<readonly string[]>
  /** Call it after the containers are removed. */
  release(): Promise<void>
}

export function taskVolumes({ id, volumes = [] }: TaskRequest, client: Engine): TaskVolumes {
  const created = new Map<string, Promise<void>>()

  async function argument({ volume, path, readOnly }: Mount, filled: ReadonlySet<string>): Promise<string> {
    const hostPath = volumes.find(({ name }) => name === volume)?.hostPath
    if (hostPath !== undefined) return `${hostPath}:${path}${readOnly ? ':ro' : ''}`
    const name = `fargate-login-${id.slice(0, 12)}-volume-${volume}`
    const isFilled = filled.has(path)
    const creation = created.get(name) ?? createVolume(client, name, isFilled)
    created.set(name, creation)
    await creation
    const options = [...(readOnly ? ['ro'] : []), ...(isFilled ? [] : ['nocopy'])]
    return [name, path, ...(options.length > 0 ? [options.join(',')] : [])].join(':')
  }

  return {
    async args({ image, settings }) {
      const mounts = settings?.mounts ?? []
      if (mounts.length === 0) return []
      const filled = await imageVolumes(client, image)
      const args = await Promise.all(mounts.map((mount) => argument(mount, filled)))
      return args.flatMap((each) => ['--volume', each])
    },
    async release() {
      await Promise.allSettled(created.values())
      if (created.size > 0) await engine(client, ['volume', 'rm', '-f', ...created.keys()])
    },
  }
}

/**
 * An engine fills a new volume with the image's files at the first mount's path, and copies their owner. ECS does so
 * only if the image declares a VOLUME at exactly that path; otherwise the volume is empty and belongs to root.
 * @param isFilled whether the first container to mount it declares that VOLUME
 */
async function createVolume(client: Engine, name: string, isFilled: boolean): Promise<void> {
  // podman changes the owner even with `nocopy`, unless the owner is specified.
  const owner = client.name === 'podman' && !isFilled ? ['--opt', 'o=uid=0,gid=0'] : []
  await engine(client, ['volume', 'create', ...runnerLabels(), ...owner, name]).catch((error: Error) => {
    throw new StartFailure(`CannotCreateVolumeError: ${error.message}`)
  })
}

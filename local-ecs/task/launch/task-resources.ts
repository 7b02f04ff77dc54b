import type { TaskDefinition } from '../../account/task-definition.ts'
import type { Volume } from '../../account/volume.ts'
import { StartFailure } from '../../runners/start-failure.ts'
import { readSecret, type SecretStore } from '../containers/read-secret.ts'

/** What ECS fetches for a task before it pulls the images. */
export interface TaskResources {
  /** Variables by container. */
  readonly secrets: ReadonlyMap<string, Readonly<Record<string, string>>>
  /** The resource that is missing. The task stops with this failure. */
  readonly failure?: StartFailure
}

export function taskResources(definition: TaskDefinition, store: SecretStore): TaskResources {
  try {
    for (const volume of definition.volumes) checkVolume(volume)
    const secrets = new Map<string, Readonly<Record<string, string>>>()
    for (const {
      name: container,
      secrets: wanted = [],
      environmentFiles = [],
    } of definition.containerDefinitions) {
      if (environmentFiles.length > 0) {
        throw missing('failed to download env files', 'The local ECS has no Amazon S3.')
      }
      const values = wanted.map(({ name, valueFrom }) => [name, readSecret(store, valueFrom)])
      secrets.set(container, Object.fromEntries(values))
    }
    return { secrets }
  } catch (failure) {
    if (failure instanceof StartFailure) return { secrets: new Map(), failure }
    throw failure
  }
}

/** A docker volume with the task's lifetime and no options is an ordinary volume. Anything else is not supported. */
function checkVolume(volume: Volume): void {
  const { name, dockerVolumeConfiguration: docker } = volume
  const what = `failed to set up the volume ${name}`
  if (volume.efsVolumeConfiguration) throw missing(what, 'The local ECS has no Amazon EFS.')
  if (volume.fsxWindowsFileServerVolumeConfiguration) throw missing(what, 'The local ECS has no Amazon FSx.')
  if (volume.configuredAtLaunch) throw missing(what, 'The local ECS has no Amazon EBS.')
  if (!docker) return
  const { scope = 'task', driver = 'local', driverOpts = {} } = docker
  if (scope !== 'task' || driver !== 'local' || Object.keys(driverOpts).length > 0) {
    throw missing(what, 'The local ECS only has docker volumes with scope task and driver local.')
  }
}

function missing(what: string, why: string): StartFailure {
  return new StartFailure(`ResourceInitializationError: ${what}: ${why}`)
}

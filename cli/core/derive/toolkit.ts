import type { VolumeDocument } from '../task/definition-document.ts'
import type { SourceContainer } from './source.ts'

/** The helper container. It copies the toolkit (SSH server, shell, scripts) to the task volume and exits. */
export const TOOLKIT_CONTAINER = 'fargate-login-toolkit'

/** The task volume that carries the toolkit from the helper to the app container. */
export const TOOLKIT_VOLUME: VolumeDocument & { readonly name: string } = { name: 'fargate-login' }

/** The toolkit's path, in its image and in the app container. */
export const TOOLKIT_PATH = '/opt/fargate-login'

// Differs from the path of the image's own files, because a volume mounted there would hide them.
const INSTALL_PATH = '/mnt/fargate-login'

/**
 * In MiB, for tasks without a task-level size, where ECS requires a value for each container. Docker's minimum is 6.
 */
const TOOLKIT_MEMORY = 64

/** Runs a toolkit script with the toolkit's own shell, because the app's image may have none. */
export function toolkitScript(name: string): readonly string[] {
  return [`${TOOLKIT_PATH}/bin/busybox`, 'sh', `${TOOLKIT_PATH}/${name}`]
}

export function toolkitContainer(
  app: SourceContainer,
  image: string,
  hasTaskMemory: boolean,
): SourceContainer {
  return {
    name: TOOLKIT_CONTAINER,
    image,
    // ECS allows no container to depend on the SUCCESS of an essential one.
    essential: false,
    cpu: 0,
    // With a task-level size, no memory here: the sum over the containers must not exceed that size.
    ...(!hasTaskMemory && { memory: TOOLKIT_MEMORY }),
    entryPoint: toolkitScript('install.sh'),
    command: [INSTALL_PATH],
    mountPoints: [{ sourceVolume: TOOLKIT_VOLUME.name, containerPath: INSTALL_PATH, readOnly: false }],
    startTimeout: 120,
    // A policy that requires read-only root file systems (such as Security Hub's ECS.5) applies to every container.
    ...(app.readonlyRootFilesystem === true && { readonlyRootFilesystem: true }),
    // Its output appears next to the app's.
    ...(app.logConfiguration && { logConfiguration: app.logConfiguration }),
  }
}

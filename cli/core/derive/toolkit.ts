import type { VolumeDocument } from '../task/definition-document.ts'
import type { SourceContainer } from './source.ts'

/** The helper container, which copies the toolkit (SSH server, shell, scripts) to the task volume and ends. */
export const TOOLKIT_CONTAINER = 'fargate-login-toolkit'

/** The task volume that carries the toolkit from the helper to the app container. */
export const TOOLKIT_VOLUME: VolumeDocument & { readonly name: string } = { name: 'fargate-login' }

/** Where the toolkit image has its files, and where the app container finds them. */
export const TOOLKIT_PATH = '/opt/fargate-login'

// Not the same path as the image's own files: a volume mounted there would hide them.
const INSTALL_PATH = '/mnt/fargate-login'

/** In MiB, for a task without a size of its own, where ECS wants one of each container. Docker's least is 6. */
const TOOLKIT_MEMORY = 64

/** Runs a script of the toolkit by the toolkit's own shell: the app's image may have none. */
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
    // Nobody may depend on the SUCCESS of an essential container.
    essential: false,
    cpu: 0,
    // With a task-level size none: the containers' sum must not exceed it.
    ...(!hasTaskMemory && { memory: TOOLKIT_MEMORY }),
    entryPoint: toolkitScript('install.sh'),
    command: [INSTALL_PATH],
    mountPoints: [{ sourceVolume: TOOLKIT_VOLUME.name, containerPath: INSTALL_PATH, readOnly: false }],
    startTimeout: 120,
    // A policy that wants read-only roots (Security Hub's ECS.5, say) wants them of every container.
    ...(app.readonlyRootFilesystem === true && { readonlyRootFilesystem: true }),
    // So that its words are seen where the app's are.
    ...(app.logConfiguration && { logConfiguration: app.logConfiguration }),
  }
}

import { CONTAINER_LABEL } from '../plan/container.ts'
import type { ContainerDocument, PortMappingDocument } from '../task/definition-document.ts'
import { remainingDependencies, remainingLinks } from './dependencies.ts'
import type { SourceContainer } from './source.ts'
import { TOOLKIT_CONTAINER, TOOLKIT_PATH, TOOLKIT_VOLUME, toolkitScript } from './toolkit.ts'
import { without } from './without.ts'

export interface AppContainerInput {
  readonly app: SourceContainer
  readonly port: number
  readonly networkMode: string | undefined
  /** Names of the source's containers that stay. */
  readonly kept: ReadonlySet<string>
}

const SESSION_ENTRY_POINT = toolkitScript('entrypoint.sh')

/** The app container with our SSH server in the app's place, and all else that the app would find. */
export function deriveAppContainer({ app, port, networkMode, kept }: AppContainerInput): SourceContainer {
  const unchanged = without(
    app,
    'command',
    // It asks the app, which does not run.
    'healthCheck',
    // It would start sshd again after the session: a task that never ends.
    'restartPolicy',
    // It would no longer be the log router.
    'firelensConfiguration',
    'dependsOn',
    'links',
    'linuxParameters',
  )
  const links = remainingLinks(app, kept)
  // supervise.sh is a good PID 1, and any other would keep the keys in its environment, where the session can read them.
  const linuxParameters = without(app.linuxParameters ?? {}, 'initProcessEnabled')
  return {
    ...unchanged,
    ...(Object.keys(linuxParameters).length > 0 && { linuxParameters }),
    essential: true,
    entryPoint: SESSION_ENTRY_POINT,
    portMappings: [portMapping(port, networkMode)],
    mountPoints: [
      ...(app.mountPoints ?? []),
      { sourceVolume: TOOLKIT_VOLUME.name, containerPath: TOOLKIT_PATH, readOnly: false },
    ],
    dependsOn: [
      ...remainingDependencies(app, kept),
      { containerName: TOOLKIT_CONTAINER, condition: 'SUCCESS' },
    ],
    ...(links.length > 0 && { links }),
    // None of the app's: by its labels a proxy (Traefik) or a monitor would take the session for the app, and send it
    // requests.
    dockerLabels: { [CONTAINER_LABEL]: 'true' },
  }
}

/** Whether this is the container that `deriveAppContainer` made. */
export function isDerivedAppContainer({ entryPoint }: ContainerDocument): boolean {
  return JSON.stringify(entryPoint) === JSON.stringify(SESSION_ENTRY_POINT)
}

function portMapping(port: number, networkMode: string | undefined): PortMappingDocument {
  const plain = { containerPort: port, protocol: 'tcp' }
  // As ECS itself describes it. In bridge mode ECS chooses the host's port, so that many sessions fit one instance.
  return networkMode === 'awsvpc' || networkMode === 'host' ? { ...plain, hostPort: port } : plain
}

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
  /** Names of the source's containers that are kept. */
  readonly kept: ReadonlySet<string>
}

const SESSION_ENTRY_POINT = toolkitScript('entrypoint.sh')

/** The app container with our SSH server instead of the app. Everything else that the app would find is kept. */
export function deriveAppContainer({ app, port, networkMode, kept }: AppContainerInput): SourceContainer {
  const unchanged = without(
    app,
    'command',
    // It checks the app, which does not run.
    'healthCheck',
    // It would restart sshd after the session, so the task would never end.
    'restartPolicy',
    // The container does not route logs while it runs a session.
    'firelensConfiguration',
    'dependsOn',
    'links',
    'linuxParameters',
  )
  const links = remainingLinks(app, kept)
  // supervise.sh is a good PID 1. Any other would keep the keys in its environment, where the session can read them.
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
    // Drop the app's labels: they would make a proxy (Traefik) or a monitor send requests to the session.
    dockerLabels: { [CONTAINER_LABEL]: 'true' },
  }
}

/** Whether `deriveAppContainer` made this container. */
export function isDerivedAppContainer({ entryPoint }: ContainerDocument): boolean {
  return JSON.stringify(entryPoint) === JSON.stringify(SESSION_ENTRY_POINT)
}

function portMapping(port: number, networkMode: string | undefined): PortMappingDocument {
  const plain = { containerPort: port, protocol: 'tcp' }
  // ECS describes the port this way. In bridge mode ECS chooses the host port, so many sessions fit on one instance.
  return networkMode === 'awsvpc' || networkMode === 'host' ? { ...plain, hostPort: port } : plain
}

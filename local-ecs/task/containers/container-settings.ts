import type { ContainerDefinition } from '../../account/container-definition.ts'
import type { TaskDefinition } from '../../account/task-definition.ts'
import type { ContainerSettings } from '../../runners/container-settings.ts'

/** Translates the settings of a container definition for the runner. */
export function containerSettings(
  container: ContainerDefinition,
  { pidMode }: TaskDefinition,
): ContainerSettings {
  const { capabilities, initProcessEnabled, tmpfs = [], sharedMemorySize } = container.linuxParameters ?? {}
  return {
    ...volumeSettings(container),
    readOnlyRoot: container.readonlyRootFilesystem ?? false,
    privileged: container.privileged ?? false,
    capabilities: { add: capabilities?.add ?? [], drop: capabilities?.drop ?? [] },
    // With shared processes, an init would not be PID 1, and engines refuse it.
    init: (initProcessEnabled ?? false) && pidMode === undefined,
    tmpfs: tmpfs.map(({ containerPath, size, mountOptions = [] }) => ({
      path: containerPath,
      sizeMib: size,
      options: mountOptions,
    })),
    ...(sharedMemorySize !== undefined && { sharedMemoryMib: sharedMemorySize }),
    sysctls: container.systemControls.map(({ namespace, value }) => [namespace, value] as const),
    ulimits: (container.ulimits ?? []).map(({ name, softLimit, hardLimit }) => ({
      name,
      soft: softLimit,
      hard: hardLimit,
    })),
    labels: container.dockerLabels ?? {},
    openStdin: container.interactive ?? false,
    terminal: container.pseudoTerminal ?? false,
    ...(container.hostname !== undefined && { hostname: container.hostname }),
    hosts: (container.extraHosts ?? []).map(({ hostname, ipAddress }) => ({
      name: hostname,
      address: ipAddress,
    })),
  }
}

/** ECS accepts entries without a name or a path, and ignores them. */
function volumeSettings({ mountPoints, volumesFrom }: ContainerDefinition) {
  return {
    mounts: mountPoints.flatMap(({ sourceVolume: volume, containerPath: path, readOnly = false }) =>
      volume === undefined || path === undefined ? [] : [{ volume, path, readOnly }],
    ),
    volumesFrom: volumesFrom.flatMap(({ sourceContainer: container, readOnly = false }) =>
      container === undefined ? [] : [{ container, readOnly }],
    ),
  }
}

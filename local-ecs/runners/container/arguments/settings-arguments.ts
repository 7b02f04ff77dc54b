import type { ContainerSettings, Tmpfs } from '../../container-settings.ts'
import type { Engine } from '../engine/engine.ts'
import { hasInit } from '../images/has-init.ts'
import { isOfNetwork, sysctlArguments } from './sysctl-arguments.ts'

/** @param nameOf the engine's name for another container of the task */
export async function settingsArguments(
  client: Engine,
  settings: ContainerSettings,
  nameOf: (container: string) => string,
): Promise<readonly string[]> {
  const { capabilities, tmpfs, sharedMemoryMib, sysctls, labels, hosts, hostname, volumesFrom } = settings
  return [
    ...volumesFrom.flatMap(({ container, readOnly }) => [
      '--volumes-from',
      `${nameOf(container)}${readOnly ? ':ro' : ''}`,
    ]),
    ...(settings.readOnlyRoot ? readOnly(client) : []),
    ...(settings.privileged ? ['--privileged'] : []),
    ...capabilities.add.flatMap((name) => ['--cap-add', name]),
    ...capabilities.drop.flatMap((name) => ['--cap-drop', name]),
    ...(settings.init && (await hasInit(client)) ? ['--init'] : []),
    ...tmpfs.flatMap((each) => ['--tmpfs', tmpfsArgument(each)]),
    ...(sharedMemoryMib === undefined ? [] : ['--shm-size', `${sharedMemoryMib}m`]),
    ...sysctlArguments(sysctls.filter((sysctl) => !isOfNetwork(sysctl))),
    ...Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
    ...(settings.openStdin ? ['--interactive'] : []),
    ...(settings.terminal ? ['--tty'] : []),
    ...(hostname === undefined ? [] : ['--hostname', hostname]),
    ...hosts.flatMap(({ name, address }) => ['--add-host', `${name}:${address}`]),
  ]
}

/** Without the option, podman would still make /tmp, /run and /var/tmp writable. */
function readOnly({ name }: Engine): readonly string[] {
  return ['--read-only', ...(name === 'podman' ? ['--read-only-tmpfs=false'] : [])]
}

function tmpfsArgument({ path, sizeMib, options }: Tmpfs): string {
  return `${path}:${[`size=${sizeMib}m`, ...options].join(',')}`
}

import type { DeriveSource, SourceContainer } from './source.ts'
import { TOOLKIT_PATH } from './toolkit.ts'

/** One mount of a container. */
export interface Mount {
  /** As the definition spells it. */
  readonly path: string
  readonly readOnly: boolean
  /** Absent: a tmpfs. */
  readonly volume?: string
}

/** The container's own mounts, its tmpfs mounts, and the mounts that volumesFrom adds. */
export function mountsOf(source: DeriveSource, container: SourceContainer): readonly Mount[] {
  return collect(source, container, new Set())
}

function collect(source: DeriveSource, container: SourceContainer, seen: Set<string>): readonly Mount[] {
  if (seen.has(container.name)) return []
  seen.add(container.name)
  const { mountPoints = [], linuxParameters, volumesFrom = [] } = container
  return [
    ...mountPoints.flatMap(({ containerPath: path, readOnly = false, sourceVolume: volume }) =>
      path === undefined ? [] : [{ path, readOnly, ...(volume !== undefined && { volume }) }],
    ),
    ...(linuxParameters?.tmpfs ?? []).flatMap(({ containerPath: path, mountOptions = [] }) =>
      path === undefined ? [] : [{ path, readOnly: mountOptions.includes('ro') }],
    ),
    ...volumesFrom.flatMap(({ sourceContainer, readOnly = false }) => {
      const other = source.containerDefinitions.find(({ name }) => name === sourceContainer)
      const mounts = other ? collect(source, other, seen) : []
      return mounts.map((mount) => (readOnly ? { ...mount, readOnly } : mount))
    }),
  ]
}

/** The position of a mount relative to the path of the session's tools. */
export function placeOf({ path }: Mount): 'within' | 'above' | 'elsewhere' {
  const plain = normal(path)
  if (plain === TOOLKIT_PATH || plain.startsWith(`${TOOLKIT_PATH}/`)) return 'within'
  return TOOLKIT_PATH.startsWith(plain === '/' ? '/' : `${plain}/`) ? 'above' : 'elsewhere'
}

/** `/opt//x/../fargate-login/` is `/opt/fargate-login`. */
function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

import { unusable } from './refusal.ts'
import type { DeriveSource, SourceContainer } from './source.ts'
import { TOOLKIT_PATH } from './toolkit.ts'

/**
 * Refuses a mount at or below the toolkit's place. One above, such as /opt, is fine: container engines sort mounts
 * by depth, and ours comes on top.
 * @throws FargateLoginError `task-definition-unusable`
 */
export function checkMounts(source: DeriveSource, app: SourceContainer): void {
  const path = mountPaths(source, app, new Set()).find((path) => {
    const plain = normal(path)
    return plain === TOOLKIT_PATH || plain.startsWith(`${TOOLKIT_PATH}/`)
  })
  if (path === undefined) return
  throw unusable(
    `Container "${app.name}" has a mount at ${path}, and the session's tools are mounted at ${TOOLKIT_PATH}.`,
    'Register a revision that mounts its own elsewhere, and name it with --task-definition.',
  )
}

/** Its own mounts, its tmpfs, and what volumesFrom brings along. */
function mountPaths(source: DeriveSource, container: SourceContainer, seen: Set<string>): readonly string[] {
  if (seen.has(container.name)) return []
  seen.add(container.name)
  const { mountPoints = [], linuxParameters, volumesFrom = [] } = container
  const own = [...mountPoints, ...(linuxParameters?.tmpfs ?? [])]
  const sources = new Set(volumesFrom.map(({ sourceContainer }) => sourceContainer))
  return [
    ...own.flatMap(({ containerPath }) => (containerPath === undefined ? [] : [containerPath])),
    ...source.containerDefinitions
      .filter(({ name }) => sources.has(name))
      .flatMap((other) => mountPaths(source, other, seen)),
  ]
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

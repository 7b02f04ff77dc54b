import type { DeriveSource, SourceContainer } from './source.ts'

/** A container that another one needs to be registered or to start. */
export interface NeededContainer {
  readonly container: SourceContainer
  /** The container that needs it. */
  readonly by: string
  readonly because: 'logs' | 'volumes'
}

/** The containers that the app needs: its log router, those whose volumes it uses, and what those need in turn. */
export function neededContainers(source: DeriveSource, app: SourceContainer): readonly NeededContainer[] {
  const needed: NeededContainer[] = []
  const reached = new Set([app.name])
  const pending = [app]
  for (const container of pending) {
    for (const need of directNeeds(source, container)) {
      if (reached.has(need.container.name)) continue
      reached.add(need.container.name)
      needed.push(need)
      pending.push(need.container)
    }
  }
  return needed
}

function directNeeds(source: DeriveSource, container: SourceContainer): readonly NeededContainer[] {
  const { volumesFrom = [], logConfiguration, name: by } = container
  const sources = new Set(volumesFrom.map(({ sourceContainer }) => sourceContainer))
  const all = source.containerDefinitions
  const logs = logConfiguration?.logDriver === 'awsfirelens'
  return [
    ...all
      .filter(({ firelensConfiguration }) => logs && firelensConfiguration !== undefined)
      .map((router) => ({ container: router, by, because: 'logs' as const })),
    ...all
      .filter(({ name }) => sources.has(name))
      .map((other) => ({ container: other, by, because: 'volumes' as const })),
  ]
}

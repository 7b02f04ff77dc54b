import { remainingDependencies, remainingLinks } from './dependencies.ts'
import type { SourceContainer } from './source.ts'
import { without } from './without.ts'

/** A container that is kept next to the app: unchanged, except for references to changed or dropped containers. */
export function deriveSidecar(
  sidecar: SourceContainer,
  app: SourceContainer,
  kept: ReadonlySet<string>,
): SourceContainer {
  const links = remainingLinks(sidecar, kept)
  const dependsOn = remainingDependencies(sidecar, kept)
    // The app's health check is gone, and an essential container never completes.
    .map((dependency) =>
      dependency.containerName === app.name ? { ...dependency, condition: 'START' } : dependency,
    )
  return {
    ...without(sidecar, 'dependsOn', 'links'),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(links.length > 0 && { links }),
  }
}

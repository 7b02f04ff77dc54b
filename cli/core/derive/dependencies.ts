import type { DependencyDocument } from '../task/definition-document.ts'
import type { SourceContainer } from './source.ts'

/** The dependencies on containers that are kept. */
export function remainingDependencies(
  { dependsOn = [] }: SourceContainer,
  kept: ReadonlySet<string>,
): readonly DependencyDocument[] {
  return dependsOn.filter(({ containerName = '' }) => kept.has(containerName))
}

/** The links (bridge mode) to containers that are kept. */
export function remainingLinks(
  { links = [] }: SourceContainer,
  kept: ReadonlySet<string>,
): readonly string[] {
  return links.filter((link) => kept.has(linkedContainer(link)))
}

/** `redis:cache` links to the container redis, under the name cache. */
export function linkedContainer(link: string): string {
  return link.split(':', 1)[0] ?? link
}

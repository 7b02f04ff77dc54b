import type { TaskDefinitionDocument } from '../definition-document.ts'
import { linkedContainer } from './dependencies.ts'
import type { NeededContainer } from './needed-containers.ts'
import type { DeriveSource, SourceContainer } from './source.ts'

export interface NotesInput {
  readonly source: DeriveSource
  readonly registration: TaskDefinitionDocument
  /** The containers of the source that stay, the app among them. */
  readonly remaining: readonly SourceContainer[]
  /** Those that stay without having been asked for. */
  readonly needed: readonly NeededContainer[]
}

/** Sentences for the user about what may surprise. */
export function deriveNotes(input: NotesInput): readonly string[] {
  const kept = new Set(input.remaining.map(({ name }) => name))
  return [
    ...input.needed.map(neededNote),
    ...input.remaining.flatMap((container) => initNotes(container, kept)),
    ...input.remaining.flatMap((container) => linkNotes(container, kept)),
    ...proxyNotes(input),
    ...volumeNotes(input),
  ]
}

function neededNote({ container, by, because }: NeededContainer): string {
  const why = because === 'logs' ? `the logs of "${by}" go through it` : `"${by}" takes its volumes`
  return `Container "${container.name}" runs too, because ${why}.`
}

/** An init container may have fetched what the app needs; it may as well migrate a database. The user decides. */
function initNotes({ name, dependsOn = [] }: SourceContainer, kept: ReadonlySet<string>): readonly string[] {
  return dependsOn
    .filter(({ containerName = '' }) => !kept.has(containerName))
    .filter(({ condition }) => condition === 'SUCCESS' || condition === 'COMPLETE')
    .map(
      ({ containerName }) =>
        `Container "${containerName}" was to run before "${name}" and is left out; --keep-sidecars runs it.`,
    )
}

function linkNotes({ name, links = [] }: SourceContainer, kept: ReadonlySet<string>): readonly string[] {
  return links
    .map(linkedContainer)
    .filter((linked) => !kept.has(linked))
    .map(
      (linked) =>
        `"${name}" does not find "${linked}", which is left out, by its link; --keep-sidecars runs it.`,
    )
}

function proxyNotes({ source, registration }: NotesInput): readonly string[] {
  if (source.proxyConfiguration === undefined || registration.proxyConfiguration !== undefined) return []
  const { containerName } = source.proxyConfiguration
  return [`The proxy "${containerName}" does not run: the session's connections do not go through App Mesh.`]
}

function volumeNotes({ source, registration }: NotesInput): readonly string[] {
  const left = new Set(registration.volumes?.map(({ name }) => name))
  return (source.volumes ?? [])
    .filter(({ name }) => !left.has(name))
    .map(
      ({ name }) => `Volume "${name}", configured at launch, is left out: no container that runs mounts it.`,
    )
}

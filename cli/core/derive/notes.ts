import type { TaskDefinitionDocument, VolumeDocument } from '../task/definition-document.ts'
import { linkedContainer } from './dependencies.ts'
import { mountsOf, placeOf } from './mounts.ts'
import type { NeededContainer } from './needed-containers.ts'
import type { DeriveSource, SourceContainer } from './source.ts'
import { TOOLKIT_PATH } from './toolkit.ts'

export interface NotesInput {
  readonly source: DeriveSource
  readonly registration: TaskDefinitionDocument
  readonly app: SourceContainer
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
    ...mountNotes(input),
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

/** The engine makes the directory on which it mounts the tools. */
function mountNotes({ source, app }: NotesInput): readonly string[] {
  const lasting = new Set((source.volumes ?? []).filter(isLasting).map(({ name }) => name))
  return mountsOf(source, app)
    .filter((mount) => placeOf(mount) === 'above' && lasting.has(mount.volume))
    .map(
      ({ path, volume }) =>
        `An empty directory for ${TOOLKIT_PATH} stays on volume "${volume}", which is mounted at ${path}.`,
    )
}

/** Is what is written into it there after the task? A volume of the task itself has a name at most. */
function isLasting({ host, dockerVolumeConfiguration, ...volume }: VolumeDocument): boolean {
  return (
    host?.sourcePath !== undefined ||
    dockerVolumeConfiguration?.scope === 'shared' ||
    Object.keys(volume).some((member) => /^(efs|fsx|s3)/.test(member))
  )
}

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
  /** The source's containers that are kept, including the app. */
  readonly remaining: readonly SourceContainer[]
  /** Containers that are kept although the user did not ask for them. */
  readonly needed: readonly NeededContainer[]
}

/** Sentences that tell the user about surprises. */
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
  const reason = because === 'logs' ? `the logs of "${by}" go through it` : `"${by}" uses its volumes`
  return `Container "${container.name}" runs as well, because ${reason}.`
}

/** An init container may fetch what the app needs, or migrate a database. So the user decides. */
function initNotes({ name, dependsOn = [] }: SourceContainer, kept: ReadonlySet<string>): readonly string[] {
  return dependsOn
    .filter(({ containerName = '' }) => !kept.has(containerName))
    .filter(({ condition }) => condition === 'SUCCESS' || condition === 'COMPLETE')
    .map(
      ({ containerName }) =>
        `"${containerName}" normally runs before "${name}", but is left out; --keep-sidecars includes it.`,
    )
}

function linkNotes({ name, links = [] }: SourceContainer, kept: ReadonlySet<string>): readonly string[] {
  return links
    .map(linkedContainer)
    .filter((linked) => !kept.has(linked))
    .map(
      (linked) =>
        `The link from "${name}" to "${linked}" is missing, because "${linked}" is left out; add --keep-sidecars.`,
    )
}

function proxyNotes({ source, registration }: NotesInput): readonly string[] {
  if (source.proxyConfiguration === undefined || registration.proxyConfiguration !== undefined) return []
  const { containerName } = source.proxyConfiguration
  return [`The proxy "${containerName}" does not run, so the session's connections bypass App Mesh.`]
}

function volumeNotes({ source, registration }: NotesInput): readonly string[] {
  const remaining = new Set(registration.volumes?.map(({ name }) => name))
  return (source.volumes ?? [])
    .filter(({ name }) => !remaining.has(name))
    .map(({ name }) => `Volume "${name}", configured at launch, is left out: no running container mounts it.`)
}

/** The engine creates the directory that it mounts the tools on. */
function mountNotes({ source, app }: NotesInput): readonly string[] {
  const lasting = new Set((source.volumes ?? []).filter(isLasting).map(({ name }) => name))
  return mountsOf(source, app)
    .filter((mount) => placeOf(mount) === 'above' && lasting.has(mount.volume))
    .map(
      ({ path, volume }) =>
        `The session leaves an empty directory ${TOOLKIT_PATH} on volume "${volume}" (mounted at ${path}).`,
    )
}

/** Whether the volume's contents outlive the task. A volume of the task itself has no member except its name. */
function isLasting({ host, dockerVolumeConfiguration, ...volume }: VolumeDocument): boolean {
  return (
    host?.sourcePath !== undefined ||
    dockerVolumeConfiguration?.scope === 'shared' ||
    Object.keys(volume).some((member) => /^(efs|fsx|s3)/.test(member))
  )
}

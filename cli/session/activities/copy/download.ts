import { landings } from '../../../core/copy/landing.ts'
import { hasCode } from '../../../core/error.ts'
import type { Stage } from '../../ports/files.ts'
import type { CopyWay } from './copy-way.ts'
import type { CopyWork } from './copy-work.ts'
import type { RemoteSource } from './remote-source.ts'

/** A source, where it lands, and the name under which it is staged. */
export interface Arrival {
  readonly source: RemoteSource
  readonly landing: string
  readonly entry: string
}

/** Copies from the task to here. */
export async function download(work: CopyWork, way: CopyWay): Promise<void> {
  const sources = await way.findSources(work)
  if (sources.length === 0) return
  if (work.planned.destination === '-') return await way.sendToStdout(sources, work)
  const arrivals = await arrivalsOf(sources, work)
  if (arrivals.length === 0) return
  const stage = await openStage(arrivals, work)
  if (!stage) return
  await using _ = stage
  try {
    if (work.planned.resume) for (const { entry, landing } of arrivals) await stage.takePart(entry, landing)
    await way.fetch(arrivals, stage, work)
    for (const { entry, landing } of arrivals) await stage.publish(entry, landing, work.problems.tell)
  } catch (error) {
    if (isBreak(error)) await keepParts(arrivals, stage, work)
    throw error
  }
}

async function arrivalsOf(
  sources: readonly RemoteSource[],
  { planned, files, problems }: CopyWork,
): Promise<readonly Arrival[]> {
  const { path, standing } = await files.look(planned.destination)
  // The links of the destination itself are followed. The user named it.
  const destination = { path: standing === 'file' ? path : planned.destination, standing }
  const items = sources.map(({ path, kind }) => ({ path, isFolder: kind === 'folder' }))
  return landings(items, destination).flatMap((landing, index) => {
    const source = sources[index]
    if (!source) return []
    if ('path' in landing) return [{ source, landing: landing.path, entry: String(index) }]
    problems.tell({ path: source.path, reason: landing.problem })
    return []
  })
}

async function openStage(
  arrivals: readonly Arrival[],
  { planned, files, problems }: CopyWork,
): Promise<Stage | undefined> {
  const { standing } = await files.look(planned.destination)
  try {
    return await files.stage(
      standing === 'folder' ? planned.destination : (arrivals[0]?.landing ?? planned.destination),
    )
  } catch (error) {
    problems.tellError(planned.destination, error)
    return undefined
  }
}

/** The task or the connection has gone. A cancel by the user is not a break: it leaves nothing behind. */
function isBreak(error: unknown): boolean {
  return hasCode(error, 'connection-lost') || hasCode(error, 'task-stopped')
}

async function keepParts(arrivals: readonly Arrival[], stage: Stage, { reporter }: CopyWork): Promise<void> {
  for (const { entry, landing } of arrivals) {
    const part = await stage.keepPart(entry, landing).catch(() => undefined)
    if (part !== undefined)
      reporter.warn(`What has arrived is in ${part}. To continue, repeat the command with --resume.`)
  }
}

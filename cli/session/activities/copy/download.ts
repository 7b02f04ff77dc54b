import { reasonOf } from '../../../core/copy/file-error.ts'
import { landings } from '../../../core/copy/landing.ts'
import { FargateLoginError, hasCode } from '../../../core/error.ts'
import type { Stage } from '../../ports/files.ts'
import type { CopyWork } from './copy-work.ts'
import { downloadFile } from './download-file.ts'
import { downloadTree } from './download-tree.ts'
import { findSources, type RemoteSource } from './list-sources.ts'
import { sendToStdout } from './send-to-stdout.ts'

/** A source, where it lands, and the name under which it is staged. */
export interface Arrival {
  readonly source: RemoteSource
  readonly landing: string
  readonly entry: string
}

/** Copies from the task to here. */
export async function download(work: CopyWork): Promise<void> {
  const sources = await findSources(work)
  if (sources.length === 0) return
  if (work.planned.destination === '-') return await sendToStdout(sources, work)
  const arrivals = await arrivalsOf(sources, work)
  if (arrivals.length === 0) return
  const stage = await openStage(arrivals, work)
  if (!stage) return
  await using _ = stage
  try {
    if (work.planned.resume) for (const { entry, landing } of arrivals) await stage.takePart(entry, landing)
    await fetchAll(arrivals, stage, work)
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

async function fetchAll(arrivals: readonly Arrival[], stage: Stage, work: CopyWork): Promise<void> {
  const [only] = arrivals
  const streams = arrivals.filter(({ source }) => source.kind === 'stream')
  const rest = arrivals.filter(({ source }) => source.kind !== 'stream')
  const alone = arrivals.length === 1 && only?.source.kind === 'file'
  for (const arrival of alone ? arrivals : streams) await orTell(arrival, stage, work)
  if (!alone && rest.length > 0) await downloadTree(rest, stage, work)
  for (const { entry, landing } of arrivals) await stage.publish(entry, landing, work.problems.tell)
}

/** An error of this machine's disk concerns the file, which is then incomplete. Other errors end the copy. */
async function orTell(arrival: Arrival, stage: Stage, work: CopyWork): Promise<void> {
  try {
    await downloadFile(arrival, stage, work)
  } catch (error) {
    if (error instanceof FargateLoginError) throw error
    work.problems.tell({ path: arrival.landing, reason: reasonOf(error) })
    await stage.remove([arrival.entry])
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

import { reasonOf } from '../../../../core/copy/file-error.ts'
import { FargateLoginError } from '../../../../core/error.ts'
import type { Stage } from '../../../ports/files.ts'
import type { CopyWork } from '../copy-work.ts'
import type { Arrival } from '../download.ts'
import { fetchFile } from './fetch-file.ts'
import { fetchTree } from './fetch-tree.ts'

/** A sole file is a stream; folders and several files are archives, which bring modes and times. */
export async function fetchSources(
  arrivals: readonly Arrival[],
  stage: Stage,
  work: CopyWork,
): Promise<void> {
  const [only] = arrivals
  const streams = arrivals.filter(({ source }) => source.kind === 'stream')
  const rest = arrivals.filter(({ source }) => source.kind !== 'stream')
  const alone = only?.source.kind === 'file' && only.source.sole === true
  for (const arrival of alone ? arrivals : streams) await orTell(arrival, stage, work)
  if (!alone && rest.length > 0) await fetchTree(rest, stage, work)
}

/** An error of this machine's disk concerns the file, which is then incomplete. Other errors end the copy. */
async function orTell(arrival: Arrival, stage: Stage, work: CopyWork): Promise<void> {
  try {
    await fetchFile(arrival, stage, work)
  } catch (error) {
    if (error instanceof FargateLoginError) throw error
    work.problems.tell({ path: arrival.landing, reason: reasonOf(error) })
    await stage.remove([arrival.entry])
  }
}

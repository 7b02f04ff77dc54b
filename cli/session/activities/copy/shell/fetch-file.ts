import { Readable } from 'node:stream'
import { firstBytes } from '../../../../core/copy/first-bytes.ts'
import { DIFFERS, shrank } from '../../../../core/copy/reasons.ts'
import { remoteProblems } from '../../../../core/copy/remote-problems.ts'
import { hashFile, readFile } from '../../../../core/copy/scripts/file.ts'
import type { Stage } from '../../../ports/files.ts'
import type { CopyWork } from '../copy-work.ts'
import type { Arrival } from '../download.ts'
import { needPrograms } from './no-answer.ts'
import { readHash } from './read-hash.ts'
import type { RemoteShell } from './remote-shell.ts'

/** Brings one file into the stage. Anything that makes it incomplete is reported, and the stage does not keep it. */
export async function fetchFile({ source, entry }: Arrival, stage: Stage, work: CopyWork): Promise<void> {
  const { again, problems, meter, planned } = work
  const { path, facts } = source
  const size = facts && facts.size > 0 ? facts.size : undefined
  meter.total = size
  const { status, stderr } = await again(async (shell) => {
    const from = await usablePart({ shell, path, entry, stage, size })
    meter.skip(from)
    if (size !== undefined && from === size) return { status: 0, stderr: '' }
    let cut = false
    const onCut = () => {
      cut = true
    }
    const output = async (bytes: Readable) => {
      const wanted = size === undefined ? bytes : Readable.from(firstBytes(bytes, size - from, onCut), BYTES)
      await stage.append(entry, wanted)
      return cut ? 'enough' : undefined
    }
    return await shell.run(readFile(path, from), { output, meter })
  })
  needPrograms('cat or tail', { status, stderr })
  const told = remoteProblems(stderr, () => path)
  for (const problem of told) problems.tell(problem)
  if (status !== 0 && told.length === 0)
    problems.tell({ path, reason: `It cannot be read (status ${status})` })
  if (status !== 0 || told.length > 0) return await stage.remove([entry])
  const received = await stage.size(entry)
  if (size !== undefined && received < size) problems.tell({ path, reason: shrank(received) })
  if (planned.verify && !(await isEqual({ path, entry, received }, stage, work))) {
    problems.tell({ path, reason: DIFFERS })
    return await stage.remove([entry])
  }
  if (facts) stage.setFacts(entry, facts)
}

const BYTES = { objectMode: false, highWaterMark: 4 << 20 }

interface PartInput {
  readonly shell: RemoteShell
  readonly path: string
  readonly entry: string
  readonly stage: Stage
  /** Of the file in the task; `undefined` if it has none. */
  readonly size: number | undefined
}

/**
 * Compares what the stage has with the beginning of the file. If it is something else, the stage drops it.
 * @returns the bytes that need not be sent again
 */
async function usablePart({ shell, path, entry, stage, size }: PartInput): Promise<number> {
  const have = await stage.size(entry)
  if (have > 0 && size !== undefined && have <= size) {
    const there = readHash(await shell.ask(hashFile(path, have)))
    if (there?.hash === (await stage.hash([entry]))) return have
  }
  await stage.remove([entry])
  // An empty file has no bytes that would make it.
  return 0
}

interface Received {
  readonly path: string
  readonly entry: string
  readonly received: number
}

async function isEqual(
  { path, entry, received }: Received,
  stage: Stage,
  { again }: CopyWork,
): Promise<boolean> {
  const there = readHash(await again((shell) => shell.ask(hashFile(path, received))))
  return there?.hash === (await stage.hash([entry]))
}

import { Readable } from 'node:stream'
import { isFileError, reasonOf } from '../../../../core/copy/file-error.ts'
import { firstBytes } from '../../../../core/copy/first-bytes.ts'
import { DIFFERS, shrank } from '../../../../core/copy/reasons.ts'
import { FargateLoginError } from '../../../../core/error.ts'
import type { CopyWork } from '../copy-work.ts'
import { counted, remoteHash } from './counted.ts'
import type { FetchInput } from './fetch-input.ts'

const BYTES = { objectMode: false, highWaterMark: 4 << 20 }

/** Brings one file into the stage. Anything that makes it incomplete is reported, and the stage does not keep it. */
export async function fetchFile(input: FetchInput, work: CopyWork): Promise<void> {
  const { source, entry, landing } = input.arrival
  try {
    const problem = await arrive(input, work)
    if (problem === undefined) return
    work.problems.tell({ path: source.path, reason: problem })
  } catch (error) {
    if (error instanceof FargateLoginError) throw error
    work.problems.tell({ path: isFileError(error) ? landing : source.path, reason: reasonOf(error) })
  }
  await input.stage.remove([entry])
}

/** @returns why the stage must not keep it */
async function arrive(
  { arrival: { source, entry }, stage, again }: FetchInput,
  { meter, planned, problems }: CopyWork,
): Promise<string | undefined> {
  const { path, facts } = source
  const size = source.kind === 'file' ? facts?.size : undefined
  meter.total = size
  await again(async (sftp) => {
    // What came before a break could only be checked by reading it again.
    await stage.remove([entry])
    const bytes = sftp.read(path)
    const wanted = size === undefined ? bytes : firstBytes(bytes, size, () => {})
    await stage.append(entry, Readable.from(counted(wanted, meter), BYTES))
  })
  const received = await stage.size(entry)
  if (size !== undefined && received < size) problems.tell({ path, reason: shrank(received) })
  if (facts) stage.setFacts(entry, facts)
  if (!planned.verify) return undefined
  const there = await again((sftp) => remoteHash(sftp, path))
  return there === (await stage.hash([entry])) ? undefined : DIFFERS
}

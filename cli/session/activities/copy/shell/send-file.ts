import { createHash } from 'node:crypto'
import { PassThrough, type Readable } from 'node:stream'
import { reasonOf } from '../../../../core/copy/file-error.ts'
import { DIFFERS, HASH_UNKNOWN } from '../../../../core/copy/reasons.ts'
import { remoteProblems } from '../../../../core/copy/remote-problems.ts'
import { hashFile } from '../../../../core/copy/scripts/file.ts'
import type { Move } from '../../../../core/copy/scripts/move.ts'
import { receiveFile } from '../../../../core/copy/scripts/stage.ts'
import { FargateLoginError, hasCode } from '../../../../core/error.ts'
import { inputFailed } from '../../../../core/stream-failed.ts'
import type { CopyWork } from '../copy-work.ts'
import { lostStdin } from '../lost-stdin.ts'
import type { Departure } from '../upload.ts'
import { needPrograms } from './no-answer.ts'
import { readHash } from './read-hash.ts'

/** Sends one file, or stdin. @returns what arrived */
export async function sendFile(
  departure: Departure,
  stage: string,
  work: CopyWork,
): Promise<readonly Move[]> {
  const { path, item, landing, entry } = departure
  const { problems, planned, again } = work
  const isStdin = path === '-'
  const digest = createHash('sha256')
  const source = isStdin ? hashed(work.terminal.stdin, planned.verify ? digest : undefined) : undefined
  if (item.size > 0) work.meter.total = item.size
  let answer: { readonly status: number; readonly stderr: string }
  try {
    answer = source ? await sendStdin(source, stage, work) : await sendPath(path, stage, work)
  } catch (error) {
    if (error instanceof FargateLoginError) throw error
    problems.tell({ path, reason: reasonOf(error) })
    return []
  }
  const told = remoteProblems(answer.stderr, () => landing)
  for (const problem of told) problems.tell({ ...problem, path: landing })
  if (answer.status !== 0 && told.length === 0)
    problems.tell({ path: landing, reason: `It cannot be written (status ${answer.status})` })
  if (answer.status !== 0) return []
  if (planned.verify) {
    const there = readHash(await again((shell) => shell.ask(hashFile(`${stage}/0`))))
    const here = isStdin ? digest.digest('hex') : await work.files.hash(path)
    if (there?.hash !== here) {
      problems.tell({
        path: landing,
        reason: there ? DIFFERS : HASH_UNKNOWN,
      })
      return []
    }
  }
  return [{ entry, to: landing, ...(!isStdin && { facts: { mode: item.mode, mtime: item.mtime } }) }]
}

/** A part that has arrived before a break is not sent again, if it is the beginning of the file. */
function sendPath(path: string, stage: string, { again, files, meter }: CopyWork) {
  return again(async (shell, attempt) => {
    const there = attempt > 0 ? readHash(await shell.ask(hashFile(`${stage}/0`))) : undefined
    const usable = there !== undefined && there.hash === (await files.hash(path, there.size))
    const from = usable ? there.size : 0
    meter.skip(from)
    const answer = await shell.run(receiveFile(stage, from > 0), { input: files.read(path, from), meter })
    needPrograms('mkdir or cat', answer)
    return answer
  })
}

/** stdin cannot be read twice, so a lost connection ends it. */
async function sendStdin(input: Readable, stage: string, { again, meter }: CopyWork) {
  return await again(async (shell, attempt) => {
    if (attempt > 0) throw lostStdin()
    try {
      return await shell.run(receiveFile(stage, false), { input, meter })
    } catch (error) {
      if (error instanceof FargateLoginError || hasCode(error, 'connection-lost')) throw error
      throw inputFailed(error as Error)
    }
  })
}

function hashed(input: Readable, digest: ReturnType<typeof createHash> | undefined): Readable {
  if (!digest) return input
  const passed = new PassThrough()
  input.on('data', (chunk: Buffer) => digest.update(chunk)).on('error', (error) => passed.destroy(error))
  return input.pipe(passed)
}

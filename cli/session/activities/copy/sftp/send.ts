import { reasonOf } from '../../../../core/copy/file-error.ts'
import type { Move } from '../../../../core/copy/scripts/move.ts'
import { FargateLoginError } from '../../../../core/error.ts'
import { eachOf } from '../../../../core/wait/ahead.ts'
import type { Sftp, SftpTimes } from '../../../ports/sftp.ts'
import type { AgainWith } from '../again.ts'
import type { CopyWork } from '../copy-work.ts'
import type { Departure } from '../upload.ts'
import { AT_ONCE } from './at-once.ts'
import { makeFolder } from './make-folder.ts'
import { EntrySender } from './send-entry.ts'
import { sendStdin } from './send-stdin.ts'

export interface SendInput {
  readonly departures: readonly Departure[]
  /** Our folder in the task. */
  readonly stage: string
  readonly again: AgainWith<Sftp>
  /** Gets the facts of the folders, by their names in our folder. They are set when everything is in place. */
  readonly folders: Map<string, SftpTimes>
}

/** Sends files and folders, or stdin. @returns what arrived */
export async function sendBySftp(input: SendInput, work: CopyWork): Promise<readonly Move[]> {
  const { departures } = input
  const [only] = departures
  try {
    if (only?.path === '-') {
      if (!(await sendStdin(only, input, work))) return []
    } else await sendAll(input, work)
  } catch (error) {
    if (error instanceof FargateLoginError) throw error
    work.problems.tell({
      path: work.planned.destination,
      reason: `Nothing was copied: ${reasonOf(error)}`,
    })
    return []
  }
  return departures.map(({ entry, landing }) => ({ entry, to: landing }))
}

async function sendAll(input: SendInput, work: CopyWork): Promise<void> {
  const { departures, stage, again, folders } = input
  const items = departures.map(({ path, entry }) => ({ path, name: entry }))
  work.meter.total = await work.files.measure(items)
  await again(async (sftp, attempt) => {
    await makeFolder(sftp, stage)
    const sender = new EntrySender({ sftp, stage, departures, folders, isRepeated: attempt > 0 }, work)
    const entries = work.files.walk(items, work.problems.tell)
    await eachOf(entries, AT_ONCE, (entry) => sender.send(entry))
  })
}

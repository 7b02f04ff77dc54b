import { createHash } from 'node:crypto'
import { reasonOf } from '../../../../core/copy/file-error.ts'
import { join } from '../../../../core/copy/landing.ts'
import { DIFFERS } from '../../../../core/copy/reasons.ts'
import { SftpError } from '../../../../core/copy/sftp-error.ts'
import { FargateLoginError } from '../../../../core/error.ts'
import { inputFailed } from '../../../../core/stream-failed.ts'
import type { CopyWork } from '../copy-work.ts'
import { lostStdin } from '../lost-stdin.ts'
import type { Departure } from '../upload.ts'
import { counted, remoteHash } from './counted.ts'
import { makeFolder } from './make-folder.ts'
import type { SendInput } from './send.ts'

/** Sends stdin, which cannot be read twice: a lost connection ends it. @returns whether it arrived */
export async function sendStdin(
  { entry, landing }: Departure,
  { stage, again }: SendInput,
  { terminal, meter, planned, problems }: CopyWork,
): Promise<boolean> {
  const to = join(stage, entry)
  const hash = createHash('sha256')
  const bytes = async function* () {
    for await (const chunk of counted(terminal.stdin, meter)) {
      if (planned.verify) hash.update(chunk)
      yield chunk
    }
  }
  try {
    await again(async (sftp, attempt) => {
      if (attempt > 0) throw lostStdin()
      await makeFolder(sftp, stage)
      await sftp.write(to, bytes())
    })
    if (!planned.verify || (await again((sftp) => remoteHash(sftp, to))) === hash.digest('hex')) return true
    problems.tell({ path: landing, reason: DIFFERS })
  } catch (error) {
    if (error instanceof FargateLoginError) throw error
    if (!(error instanceof SftpError)) throw inputFailed(error as Error)
    problems.tell({ path: landing, reason: reasonOf(error) })
  }
  return false
}

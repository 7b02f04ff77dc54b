import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { reasonOf } from '../../../../core/copy/file-error.ts'
import { SftpError } from '../../../../core/copy/sftp-error.ts'
import { FargateLoginError } from '../../../../core/error.ts'
import { outputFailed } from '../../../../core/stream-failed.ts'
import type { Sftp } from '../../../ports/sftp.ts'
import type { AgainWith } from '../again.ts'
import type { CopyWork } from '../copy-work.ts'
import { onlyFile, type RemoteSource } from '../remote-source.ts'
import { counted } from './counted.ts'

/** Writes a file of the task to stdout. */
export async function sendToStdout(
  again: AgainWith<Sftp>,
  sources: readonly RemoteSource[],
  { terminal, problems, meter }: CopyWork,
): Promise<void> {
  const { path, kind } = onlyFile(sources)
  let sent = 0
  const onBytes = async function* (bytes: AsyncIterable<Buffer>) {
    for await (const chunk of counted(bytes, meter)) {
      sent += chunk.length
      yield chunk
    }
  }
  await again(async (sftp, attempt) => {
    // What is written cannot be taken back, so only a file with a size continues.
    if (attempt > 0 && kind === 'stream') sent = 0
    try {
      const bytes = Readable.from(onBytes(sftp.read(path, sent)), { objectMode: false })
      await pipeline(bytes, terminal.stdout, { end: false })
    } catch (error) {
      if (error instanceof SftpError) problems.tell({ path, reason: reasonOf(error) })
      else if (error instanceof FargateLoginError) throw error
      else throw outputFailed(error as Error)
    }
  })
}

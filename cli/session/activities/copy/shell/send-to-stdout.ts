import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { remoteProblems } from '../../../../core/copy/remote-problems.ts'
import { readFile } from '../../../../core/copy/scripts/file.ts'
import { FargateLoginError, hasCode } from '../../../../core/error.ts'
import { outputFailed } from '../../../../core/stream-failed.ts'
import type { CopyWork } from '../copy-work.ts'
import { onlyFile, type RemoteSource } from '../remote-source.ts'

/** Writes a file of the task to stdout. */
export async function sendToStdout(sources: readonly RemoteSource[], work: CopyWork): Promise<void> {
  const source = onlyFile(sources)
  const { again, terminal, problems, meter } = work
  let sent = 0
  const { stderr } = await again(async (shell, attempt) => {
    // What is written cannot be taken back, so only a file with a size continues.
    if (attempt > 0 && source.kind === 'stream') sent = 0
    const output = async (bytes: Readable) => {
      bytes.on('data', (chunk: Buffer) => {
        sent += chunk.length
      })
      await pipeline(bytes, terminal.stdout, { end: false })
      return undefined
    }
    try {
      return await shell.run(readFile(source.path, sent), { output, meter })
    } catch (error) {
      if (error instanceof FargateLoginError || hasCode(error, 'connection-lost')) throw error
      throw outputFailed(error as Error)
    }
  })
  for (const problem of remoteProblems(stderr, () => source.path)) problems.tell(problem)
}

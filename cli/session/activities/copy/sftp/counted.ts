import { createHash } from 'node:crypto'
import type { Sftp } from '../../../ports/sftp.ts'
import type { Meter } from '../meter.ts'

/** Passes bytes on and counts them. */
export async function* counted(bytes: AsyncIterable<Buffer>, meter: Meter): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    meter.count(chunk.length)
    yield chunk
  }
}

/** SHA-256 of a file in the task. No program there computes it, so the file is read again. */
export async function remoteHash(sftp: Sftp, path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of sftp.read(path)) hash.update(chunk)
  return hash.digest('hex')
}

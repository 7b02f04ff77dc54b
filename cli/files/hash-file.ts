import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

const CHUNK = 1 << 20

/** @param bytes how many bytes from the start count; absent: all */
export async function hashFile(path: string, bytes?: number): Promise<string> {
  const hash = createHash('sha256')
  if (bytes !== 0) {
    const end = bytes === undefined ? Number.POSITIVE_INFINITY : bytes - 1
    await pipeline(createReadStream(path, { end, highWaterMark: CHUNK }), hash)
  }
  return hash.digest('hex')
}

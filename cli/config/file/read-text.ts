import { constants, type Stats } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

/** Anything longer is not a config file (/dev/zero), and to parse it would take minutes. */
const MOST_BYTES = 256 * 1024
/** How long the writer of a pipe, as in `--config <(…)`, can take. */
const PIPE_TIMEOUT_MS = 5_000
const PAUSE_MS = 20

/**
 * Reads UTF-8 text from a file or a pipe.
 * @param check throws if the open file must not be read
 * @throws Error of node:fs, or one whose message completes "cannot be read: …"
 */
export async function readText(path: string, check?: (stats: Stats) => void): Promise<string> {
  // Without O_NONBLOCK, a pipe without a writer would block us forever, even on exit.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    check?.(await file.stat())
    return decode(await readBytes(file))
  } finally {
    await file.close()
  }
}

async function readBytes(file: FileHandle): Promise<Buffer> {
  const isPipe = (await file.stat()).isFIFO()
  const deadline = performance.now() + PIPE_TIMEOUT_MS
  let bytes = Buffer.alloc(0)
  for (;;) {
    const chunk = await readChunk(file)
    // A pipe that ends before its first byte: its writer has not opened it yet.
    const tooEarly = chunk === undefined || (isPipe && bytes.length + chunk.length === 0)
    if (tooEarly) {
      if (performance.now() > deadline) throw new Error(`it has no data after ${PIPE_TIMEOUT_MS / 1000} s.`)
      await setTimeout(PAUSE_MS)
    } else if (chunk.length === 0) return bytes
    else bytes = Buffer.concat([bytes, chunk])
    if (bytes.length > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES / 1024} KiB.`)
  }
}

/** `undefined`: no data yet. */
async function readChunk(file: FileHandle): Promise<Buffer | undefined> {
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES + 1), 0, MOST_BYTES + 1, null)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined
    throw error
  }
}

/** Refuses bytes that are not UTF-8, which would silently become other characters, and NULs, which UTF-16 has. */
function decode(bytes: Buffer): string {
  if (!bytes.includes(0)) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      // The error follows below.
    }
  }
  throw new Error('it is not UTF-8 text.')
}

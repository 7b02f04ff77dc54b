import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

/** Bytes. What is longer is no config file (/dev/zero), and its YAML would take minutes. */
const LIMIT = 256 * 1024
/** Milliseconds for the other end of a pipe, as of `--config <(…)`, to write. */
const PATIENCE = 5_000
const PAUSE = 20

/**
 * The UTF-8 text of a file, or of a pipe.
 * @throws Error of node:fs, or one whose message completes "cannot be read: …"
 */
export async function readText(path: string): Promise<string> {
  // Without O_NONBLOCK a pipe that nobody opens at its other end would hold us for ever, even our exit.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    return decode(await readBytes(file))
  } finally {
    await file.close()
  }
}

async function readBytes(file: FileHandle): Promise<Buffer> {
  const isPipe = (await file.stat()).isFIFO()
  const deadline = performance.now() + PATIENCE
  let bytes = Buffer.alloc(0)
  for (;;) {
    const chunk = await readChunk(file)
    // The end of a pipe that nothing came from: its writer has not opened it yet.
    const tooEarly = chunk === undefined || (isPipe && bytes.length + chunk.length === 0)
    if (tooEarly) {
      if (performance.now() > deadline) throw new Error(`nothing comes from it within ${PATIENCE / 1000} s.`)
      await setTimeout(PAUSE)
    } else if (chunk.length === 0) return bytes
    else bytes = Buffer.concat([bytes, chunk])
    if (bytes.length > LIMIT) throw new Error(`it has more than ${LIMIT / 1024} KiB.`)
  }
}

/** `undefined`: nothing there yet. */
async function readChunk(file: FileHandle): Promise<Buffer | undefined> {
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LIMIT + 1), 0, LIMIT + 1, null)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined
    throw error
  }
}

/** Bytes that are no UTF-8 would become other characters without a word; UTF-16 has NULs. */
function decode(bytes: Buffer): string {
  if (!bytes.includes(0)) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      // Told below.
    }
  }
  throw new Error('it is no UTF-8 text.')
}

import { createHash, type Hash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { reasonOf } from '../core/copy/file-error.ts'
import { grew, NO_FILE_FOLDER_NOR_LINK, shrank } from '../core/copy/reasons.ts'
import { padding, TAR_END, tarHeader } from '../core/copy/tar-header.ts'
import type { PackItem, PackOptions } from '../session/ports/files.ts'
import { type Walked, walk } from './walk.ts'

/** Smaller files are read at once: for thousands of them, a promise for each call takes longer than the reading. */
const SMALL = 256 * 1024
const CHUNK = 1 << 20
/** Small members travel together. */
const BATCH = 256 * 1024

export function pack(items: readonly PackItem[], options: PackOptions): Readable {
  return Readable.from(batched(members(items, options)), { objectMode: false, highWaterMark: CHUNK })
}

async function* batched(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let batch: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    batch.push(chunk)
    bytes += chunk.length
    if (bytes < BATCH) continue
    yield Buffer.concat(batch)
    batch = []
    bytes = 0
  }
  yield Buffer.concat([...batch, TAR_END])
}

async function* members(items: readonly PackItem[], options: PackOptions): AsyncGenerator<Buffer> {
  for (const walked of walk(items, options.tell)) {
    const { path, name, stats } = walked
    try {
      const facts = { name, mode: stats.mode & 0o777, mtime: stats.mtimeMs / 1000 }
      if (stats.isDirectory()) yield tarHeader({ ...facts, type: 'folder', size: 0 })
      else if (stats.isSymbolicLink()) {
        yield tarHeader({ ...facts, type: 'link', size: 0, target: readlinkSync(path) })
      } else if (stats.isFile()) yield* file(walked, options)
      else options.tell({ path, reason: NO_FILE_FOLDER_NOR_LINK })
    } catch (error) {
      options.tell({ path, reason: reasonOf(error) })
    }
  }
}

async function* file(walked: Walked, options: PackOptions): AsyncGenerator<Buffer> {
  const { name, stats } = walked
  const { size } = stats
  if (options.has?.(name, { size, mtime: Math.floor(stats.mtimeMs / 1000) })) return
  if (size <= SMALL) yield smallFile(walked, options)
  else yield* largeFile(walked, options)
}

function header({ name, stats }: Walked, size: number): Buffer {
  return tarHeader({ name, type: 'file', size, mode: stats.mode & 0o777, mtime: stats.mtimeMs / 1000 })
}

/** The whole file as it is now, with the size that it has now. A file of /proc says 0, and has content. */
function smallFile(walked: Walked, { onHash }: PackOptions): Buffer {
  const fd = openSync(walked.path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    if (!fstatSync(fd).isFile()) throw new Error('It is no longer a file')
    const chunks: Buffer[] = []
    for (let bytes = 0; bytes <= SMALL * 4; ) {
      const chunk = Buffer.allocUnsafe(Math.max(walked.stats.size - bytes, 4096) + 1)
      const count = readSync(fd, chunk)
      if (count === 0) break
      bytes += count
      chunks.push(chunk.subarray(0, count))
    }
    const content = Buffer.concat(chunks)
    onHash?.(walked.name, createHash('sha256').update(content).digest('hex'))
    return Buffer.concat([header(walked, content.length), content, padding(content.length)])
  } finally {
    closeSync(fd)
  }
}

/** Exactly the bytes that the header announces: a file that grows is cut there, one that shrinks is filled with zeros. */
async function* largeFile(walked: Walked, { tell, onHash, onCut }: PackOptions): AsyncGenerator<Buffer> {
  const { path, name } = walked
  await using handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  const { size } = await handle.stat()
  const hash: Hash | undefined = onHash && createHash('sha256')
  yield header(walked, size)
  let sent = 0
  let reason: string | undefined
  while (sent < size) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size - sent))
    const count = await handle.read(chunk, 0, chunk.length, sent).then(
      ({ bytesRead }) => bytesRead,
      (error: unknown) => {
        reason = reasonOf(error)
        return 0
      },
    )
    if (count === 0) break
    sent += count
    hash?.update(chunk.subarray(0, count))
    yield chunk.subarray(0, count)
  }
  if (sent < size) {
    tell({ path, reason: reason ?? shrank(sent) })
    onCut?.(name, reason === undefined ? sent : undefined)
    for (let left = size - sent; left > 0; left -= CHUNK) yield Buffer.alloc(Math.min(CHUNK, left))
  } else {
    const now = await handle.stat()
    if (now.size > size) tell({ path, reason: grew(size) })
    if (hash) onHash?.(name, hash.digest('hex'))
  }
  yield padding(size)
}

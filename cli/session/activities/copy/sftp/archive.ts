import { reasonOf } from '../../../../core/copy/file-error.ts'
import { firstBytes } from '../../../../core/copy/first-bytes.ts'
import { join } from '../../../../core/copy/landing.ts'
import { grew, NO_FILE_FOLDER_NOR_LINK, shrank } from '../../../../core/copy/reasons.ts'
import { SftpError } from '../../../../core/copy/sftp-error.ts'
import { padding, TAR_END, tarHeader } from '../../../../core/copy/tar-header.ts'
import { ahead } from '../../../../core/wait/ahead.ts'
import type { FileFacts } from '../../../ports/files.ts'
import type { Sftp } from '../../../ports/sftp.ts'
import type { Meter } from '../meter.ts'
import { AT_ONCE } from './at-once.ts'
import { counted } from './counted.ts'
import { type RemoteEntry, walkRemote } from './walk-remote.ts'

/** Files up to this size are read whole, several at once. */
const SMALL = 256 * 1024
/** A file without a size, as in /proc, may have content. More than this is not read. */
const MOST_UNSIZED = 64 << 20

export interface ArchiveInput {
  readonly folder: string
  readonly meter: Meter
  /** Whether this side has the file already. */
  has(name: string, facts: FileFacts): boolean
  tell(name: string, reason: string): void
  /** Gets the files that are filled with zeros. */
  onIncomplete(name: string): void
}

/** A member that is complete, or one whose bytes follow as they come. */
type Piece = Buffer | AsyncIterable<Buffer>

/** The content of a folder in the task, as a tar archive with the folder itself as `.`. */
export async function* archive(sftp: Sftp, input: ArchiveInput): AsyncGenerator<Buffer> {
  const entries = walkRemote(sftp, input.folder, input.tell)
  for await (const piece of ahead(entries, AT_ONCE, (entry) => pieceOf(sftp, entry, input))) {
    if (Buffer.isBuffer(piece)) yield piece
    else yield* piece
  }
  yield TAR_END
}

async function pieceOf(sftp: Sftp, entry: RemoteEntry, input: ArchiveInput): Promise<Piece> {
  const { kind, name, size } = entry
  try {
    if (kind === 'folder') return tarHeader({ ...entry, type: 'folder', size: 0 })
    if (kind === 'link') return await linkMember(sftp, entry, input)
    if (kind === 'other') throw new SftpError('EINVAL', NO_FILE_FOLDER_NOR_LINK)
    if (input.has(name, entry)) return Buffer.alloc(0)
    return size > SMALL ? largeFile(sftp, entry, input) : await smallFile(sftp, entry, input)
  } catch (error) {
    if (!(error instanceof SftpError)) throw error
    input.tell(name, reasonOf(error))
    return Buffer.alloc(0)
  }
}

async function linkMember(sftp: Sftp, entry: RemoteEntry, { folder }: ArchiveInput): Promise<Buffer> {
  const target = await sftp.readLink(join(folder, entry.name))
  if (target.includes('\0')) throw new SftpError('EINVAL', 'Refused: it is a link to a name with a zero byte')
  return tarHeader({ ...entry, type: 'link', size: 0, target })
}

/** The whole file as it is now, with the size that it has now. */
async function smallFile(sftp: Sftp, entry: RemoteEntry, { folder, meter }: ArchiveInput): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of counted(sftp.read(join(folder, entry.name)), meter)) {
    chunks.push(chunk)
    size += chunk.length
    if (size > MOST_UNSIZED) throw new SftpError('EFBIG', 'It has no end')
  }
  return Buffer.concat([tarHeader({ ...entry, type: 'file', size }), ...chunks, padding(size)])
}

/** Exactly the bytes that the header announces: a file that grows is cut there, one that shrinks is filled with zeros. */
async function* largeFile(
  sftp: Sftp,
  entry: RemoteEntry,
  { folder, meter, tell, onIncomplete }: ArchiveInput,
): AsyncGenerator<Buffer> {
  const { name, size } = entry
  const onCut = () => tell(name, grew(size))
  yield tarHeader({ ...entry, type: 'file', size })
  let sent = 0
  let reason: string | undefined
  try {
    for await (const chunk of firstBytes(sftp.read(join(folder, name)), size, onCut)) {
      meter.count(chunk.length)
      sent += chunk.length
      yield chunk
    }
  } catch (error) {
    if (!(error instanceof SftpError)) throw error
    reason = reasonOf(error)
  }
  if (sent < size) {
    tell(name, reason ?? shrank(sent))
    onIncomplete(name)
    for (let left = size - sent; left > 0; left -= SMALL) yield Buffer.alloc(Math.min(SMALL, left))
  }
  yield padding(size)
}

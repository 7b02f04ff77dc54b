import {
  closeSync,
  constants,
  fchmodSync,
  futimesSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  writeSync,
} from 'node:fs'
import { open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { extract, type Headers } from 'tar-stream'
import { isDiskFull, isFileError, reasonOf } from '../core/copy/file-error.ts'
import { staysInside } from '../core/copy/link-target.ts'
import { isUnsafeOnWindows, memberName } from '../core/copy/member-name.ts'
import type { UnpackInput } from '../session/ports/files.ts'
import { feed } from './feed.ts'

/** Set last, because a folder without write permission takes no files. */
export interface Facts {
  readonly mode: number
  /** Seconds since 1970. */
  readonly mtime: number
}

interface Unpacking extends UnpackInput {
  /** A folder of ours, empty or with what an earlier `unpack` wrote. */
  readonly root: string
  /** Gets the facts of folders. */
  readonly facts: Map<string, Facts>
  /** Gets the symbolic links. */
  readonly links: Links
}

const SMALL = 256 * 1024
/** A new file, and never through a link. */
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)

/** A symbolic link to make: its path, and its text. */
export type Links = Map<string, string>

/**
 * Writes the members of an archive below `root`. The archive comes from a task and is not trusted. While it is read,
 * `root` has only folders and regular files: links are made when everything else is in place, so nothing passes through
 * them. Devices and FIFOs are refused, and so are links that lead out of the tree.
 */
export async function unpack(input: Unpacking): Promise<void> {
  const parser = extract()
  const fed = feed(input.tar, parser)
  try {
    for await (const entry of parser) {
      const { header } = entry
      const refuse = (reason: string) => input.tell({ path: header.name, reason })
      if (!isSize(header.size)) throw new Error('The archive is damaged: a size is wrong')
      const place = placeOf(header, input, refuse)
      try {
        if (place) await member({ header, entry: entry as unknown as Readable, place, refuse }, input)
      } catch (error) {
        // A member that the file system refuses is one path less. Anything else ends the archive.
        if (!isFileError(error) || isDiskFull(error)) throw error
        refuse(reasonOf(error))
      }
      entry.resume()
    }
    await fed.done
  } catch (error) {
    input.tar.destroy()
    throw fed.failed ?? error
  }
}

function isSize(size: number | undefined): boolean {
  return Number.isSafeInteger(size) && Number(size) >= 0
}

interface Member {
  readonly header: Headers
  readonly entry: Readable
  /** Where it goes, as parts below the root. */
  readonly place: readonly string[]
  readonly refuse: (reason: string) => void
}

function placeOf({ name }: Headers, { place }: Unpacking, refuse: (reason: string) => void) {
  const checked = memberName(name)
  if ('problem' in checked) {
    refuse(`Refused: ${checked.problem}`)
    return undefined
  }
  if (process.platform === 'win32' && checked.parts.some(isUnsafeOnWindows)) {
    refuse('Windows has no such names')
    return undefined
  }
  const placed = place(checked.parts)
  if (!placed) refuse('Refused: nobody asked for it')
  return placed
}

async function member(one: Member, input: Unpacking): Promise<void> {
  const { header, place, refuse } = one
  const { root, facts, links } = input
  const path = join(root, ...place)
  const own = { mode: (header.mode ?? 0o644) & 0o777, mtime: timeOf(header) }
  switch (header.type) {
    case 'directory':
      makeFolder(path, root)
      facts.set(path, own)
      return
    case 'file':
    case 'contiguous-file':
      await writeFile(path, own, one, root)
      return
    case 'symlink': {
      const target = header.linkname ?? ''
      if (!staysInside(place.slice(1), target))
        return refuse(`Refused: it is a link to ${target}, which is not part of the copy`)
      makeParents(path, root)
      links.set(path, target)
      return
    }
    case 'link': {
      const original = originalOf(header, input)
      if (original === undefined)
        return refuse('Refused: it is a hard link to something that is not part of the copy')
      makeParents(path, root)
      linkSync(original, path)
      return
    }
    default:
      refuse(`Refused: it is a ${header.type ?? 'member of unknown type'}`)
  }
}

/** The regular file that a hard link repeats, if it is written already. */
function originalOf({ linkname }: Headers, { root, place }: Unpacking): string | undefined {
  const checked = memberName(linkname ?? '')
  const parts = 'parts' in checked ? place(checked.parts) : undefined
  if (!parts) return undefined
  const path = join(root, ...parts)
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined
}

/** Times beyond what file systems keep become the nearest. */
function timeOf({ mtime }: Headers): number {
  const seconds = (mtime?.getTime() ?? 0) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 2 ** 33) : 0
}

async function writeFile(path: string, facts: Facts, { header, entry }: Member, root: string): Promise<void> {
  makeParents(path, root)
  if ((header.size ?? 0) <= SMALL) {
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk)
    return writeSmall(path, Buffer.concat(chunks), facts)
  }
  const handle = await open(path, NEW_FILE, 0o600)
  try {
    for await (const chunk of entry) await writeAll(handle, chunk)
    await handle.chmod(facts.mode)
    await handle.utimes(facts.mtime, facts.mtime)
  } catch (error) {
    // Half a file must not look whole.
    await unlink(path).catch(() => {})
    throw error
  } finally {
    await handle.close()
  }
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten
}

/** Synchronous: for thousands of small files, promises take longer than the writing. */
function writeSmall(path: string, content: Buffer, { mode, mtime }: Facts): void {
  const fd = openSync(path, NEW_FILE, 0o600)
  try {
    for (let at = 0; at < content.length; ) at += writeSync(fd, content, at)
    fchmodSync(fd, mode)
    futimesSync(fd, mtime, mtime)
  } finally {
    closeSync(fd)
  }
}

function makeParents(path: string, root: string): void {
  makeFolder(join(path, '..'), root)
}

/** Everything below the root is made by us, and none of it is a link yet. */
function makeFolder(path: string, root: string): void {
  if (path !== root) mkdirSync(path, { recursive: true, mode: 0o700 })
}

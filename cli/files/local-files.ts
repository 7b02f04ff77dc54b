import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { hasErrno } from '../core/copy/file-error.ts'
import type { Files, LocalItem } from '../session/ports/files.ts'
import { hashFile } from './hash-file.ts'
import { list } from './list.ts'
import { measure } from './measure.ts'
import { pack } from './pack.ts'
import { makeStage } from './stage.ts'
import { walkEntries } from './walk-entries.ts'

const CHUNK = 1 << 20

export const localFiles: Files = {
  look,
  read: (path, from) => createReadStream(path, { start: from, highWaterMark: CHUNK }),
  hash: hashFile,
  pack,
  walk: walkEntries,
  measure,
  list,
  stage: makeStage,
}

async function look(path: string): Promise<LocalItem> {
  try {
    const facts = await stat(path)
    const standing = facts.isDirectory() ? 'folder' : facts.isFile() ? 'file' : 'other'
    const { size, mode, mtimeMs } = facts
    return { standing, size, mode: mode & 0o777, mtime: mtimeMs / 1000, path: await realpath(path) }
  } catch (error) {
    if (!hasErrno(error, 'ENOENT', 'ENOTDIR')) throw error
    return { standing: 'nothing', size: 0, mode: 0, mtime: 0, path }
  }
}

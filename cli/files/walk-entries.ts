import { readlinkSync } from 'node:fs'
import { reasonOf } from '../core/copy/file-error.ts'
import type { Files, LocalEntry } from '../session/ports/files.ts'
import { type Walked, walk } from './walk.ts'

export const walkEntries: Files['walk'] = function* (items, tell) {
  for (const walked of walk(items, tell)) {
    try {
      yield entryOf(walked)
    } catch (error) {
      tell({ path: walked.path, reason: reasonOf(error) })
    }
  }
}

function entryOf({ path, name, stats }: Walked): LocalEntry {
  const { size, mode, mtimeMs } = stats
  const facts = { path, name, size, mode: mode & 0o777, mtime: Math.floor(mtimeMs / 1000) }
  if (stats.isSymbolicLink()) return { ...facts, kind: 'link', target: readlinkSync(path) }
  return { ...facts, kind: stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other' }
}

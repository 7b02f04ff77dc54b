import { symlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import { reasonOf } from '../core/copy/file-error.ts'
import type { Problem } from '../core/copy/remote-problems.ts'
import type { Links } from './unpack.ts'

/** Makes the links of an entry, which has all its files and folders. */
export function makeLinks(entry: string, links: Links, tell: (problem: Problem) => void): void {
  for (const [path, target] of links) {
    if (path !== entry && !path.startsWith(join(entry, '/'))) continue
    links.delete(path)
    try {
      symlinkSync(target, path)
    } catch (error) {
      tell({ path: relative(entry, path), reason: reasonOf(error) })
    }
  }
}

import { lstatSync, readdirSync } from 'node:fs'
import { chmod, rename, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { reasonOf } from '../core/copy/file-error.ts'
import type { Problem } from '../core/copy/remote-problems.ts'
import type { Facts } from './unpack.ts'

interface Publishing {
  readonly from: string
  readonly to: string
  readonly facts: ReadonlyMap<string, Facts>
  tell(problem: Problem): void
}

/**
 * Moves a file or folder into place by renames. A folder that exists is merged, as `cp -r` does. No link in the
 * destination is followed: a file replaces a link, and a folder does not pass through one.
 */
export async function publish({ from, to, facts, tell }: Publishing): Promise<void> {
  const open: (readonly [string, string])[] = [[from, to]]
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [source, target] = pair
    try {
      const staged = lstatSync(source, { throwIfNoEntry: false })
      const present = lstatSync(target, { throwIfNoEntry: false })
      if (!staged) continue
      if (staged.isDirectory() && present?.isDirectory()) {
        for (const name of readdirSync(source)) open.push([join(source, name), join(target, name)])
      } else if (staged.isDirectory() && present) {
        const what = present.isSymbolicLink() ? 'a symbolic link' : 'not a folder'
        tell({ path: target, reason: `It is ${what} here, and a folder in the task` })
      } else if (present?.isDirectory())
        tell({ path: target, reason: 'It is a folder here, and none in the task' })
      else {
        await rename(source, target)
        await setFacts(source, target, facts)
      }
    } catch (error) {
      tell({ path: target, reason: reasonOf(error) })
    }
  }
}

/** Sets modes and times of what moved, the innermost folders first. */
async function setFacts(source: string, target: string, facts: ReadonlyMap<string, Facts>): Promise<void> {
  const moved = [...facts].filter(([path]) => path === source || path.startsWith(join(source, '/')))
  for (const [path, { mode, mtime }] of moved.sort(([a], [b]) => b.length - a.length)) {
    const place = `${target}${path.slice(source.length)}`
    await chmod(place, mode)
    await utimes(place, mtime, mtime)
  }
}

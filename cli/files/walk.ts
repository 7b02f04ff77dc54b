import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { reasonOf } from '../core/copy/file-error.ts'
import type { Problem } from '../core/copy/remote-problems.ts'
import type { PackItem } from '../session/ports/files.ts'

export interface Walked {
  readonly path: string
  /** The name in the archive. */
  readonly name: string
  readonly stats: Stats
}

/** Goes through files and folders, each folder before its content. Links are not followed, except for the items. */
export function* walk(items: readonly PackItem[], tell: (problem: Problem) => void): Generator<Walked> {
  // A stack, because a tree may be deeper than the calls of a program.
  const open = items.map((item) => ({ ...item, follow: true })).reverse()
  for (let item = open.pop(); item; item = open.pop()) {
    const { path, name, follow } = item
    try {
      const stats = follow ? statSync(path) : lstatSync(path)
      yield { path, name, stats }
      if (!stats.isDirectory()) continue
      for (const child of readdirSync(path).sort().reverse()) {
        if (child.includes('\ufffd')) tell({ path: join(path, child), reason: 'The name is not UTF-8' })
        else open.push({ path: join(path, child), name: `${name}/${child}`, follow: false })
      }
    } catch (error) {
      tell({ path, reason: reasonOf(error) })
    }
  }
}

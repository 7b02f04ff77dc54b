import type { PackItem } from '../session/ports/files.ts'
import { walk } from './walk.ts'

/** The bytes of all files. It lets other work go on in between. */
export async function measure(items: readonly PackItem[]): Promise<number> {
  let total = 0
  let count = 0
  for (const { stats } of walk(items, () => {})) {
    if (stats.isFile()) total += stats.size
    if (++count % 1000 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  return total
}

import type { Files } from '../session/ports/files.ts'
import { walk } from './walk.ts'

export const list: Files['list'] = async (path) => {
  const found: Awaited<ReturnType<Files['list']>>[number][] = []
  for (const { name, stats } of walk([{ path, name: '' }], () => {})) {
    if (stats.isFile()) found.push({ name, size: stats.size, mtime: Math.floor(stats.mtimeMs / 1000) })
  }
  return found
}

import { chmod, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Makes folders writable, so that they can be removed. */
export async function openUp(root: string): Promise<void> {
  const open = [root]
  for (let path = open.pop(); path; path = open.pop()) {
    const stats = await lstat(path).catch(() => undefined)
    if (!stats?.isDirectory()) continue
    if ((stats.mode & 0o700) !== 0o700) await chmod(path, 0o700).catch(() => {})
    for (const name of await readdir(path).catch(() => [])) open.push(join(path, name))
  }
}

import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'

/**
 * Writes a file so that readers see the old or the new content, even after a power failure.
 * @param mode of the file, whatever the umask
 */
export async function replaceFile(file: string, text: string, mode: number): Promise<void> {
  const fresh = `${file}.${randomBytes(8).toString('hex')}`
  try {
    const handle = await open(fresh, 'wx', mode)
    try {
      await handle.chmod(mode)
      await handle.writeFile(text)
      await handle.datasync()
    } finally {
      await handle.close()
    }
    await rename(fresh, file)
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => {})
    throw error
  }
}

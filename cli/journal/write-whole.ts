import { chmod, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { replaceFile } from './replace-file.ts'

/** Writes a file of ours as a whole. Only the user can read it, and its directory. */
export async function writeWhole(directory: string, file: string, text: string): Promise<void> {
  await makeDirectory(directory)
  await chmod(directory, 0o700)
  await replaceFile(file, text, 0o600)
}

/**
 * Creates one level at a time: Node's recursive mkdir never ends below a directory that rejects entries, such as /proc.
 */
async function makeDirectory(path: string): Promise<void> {
  const make = () =>
    mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  try {
    await make()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error
    await makeDirectory(dirname(path))
    await make()
  }
}

import { mkdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { FargateLoginError } from '../../core/error.ts'
import { replaceFile } from '../replace-file.ts'

/**
 * Changes a file of the user's own, as a whole. Its mode stays, and so does a symbolic link, as people have who keep
 * their settings in a repository.
 */
export async function changeUserFile(path: string, change: (text: string) => string): Promise<void> {
  const before = await readIfThere(path)
  const after = change(before)
  if (after === before) return
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await realpath(path).catch(() => path)
  const mode = await stat(file).then(
    (found) => found.mode & 0o777,
    () => 0o600,
  )
  await replaceFile(file, after, mode)
}

export async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/**
 * Under sudo, a new file would be root's, and the user's own ssh could not read it.
 * @throws FargateLoginError `journal-unwritable`
 */
export async function refuseForeign(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (!found || found.uid === 0 || found.uid === process.getuid?.()) return
  throw new FargateLoginError(
    'journal-unwritable',
    `${file} belongs to another user (uid ${found.uid}), so it is not changed.`,
    { hint: 'Run this command as that user, without sudo.' },
  )
}

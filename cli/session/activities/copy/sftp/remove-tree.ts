import { join } from '../../../../core/copy/landing.ts'
import { nameProblem } from '../../../../core/copy/listed-name.ts'
import type { Sftp } from '../../../ports/sftp.ts'

/** Removes a folder of ours with all its content. */
export async function removeTree(sftp: Sftp, root: string): Promise<void> {
  if ((await sftp.look(root, 'keep'))?.kind !== 'folder') return
  // Each folder stands before its content.
  const folders = [root]
  for (let at = 0; at < folders.length; at++) {
    const folder = folders[at] ?? root
    for (const { name, kind } of await sftp.list(folder)) {
      if (nameProblem(name) !== undefined) continue
      const path = join(folder, name)
      if (kind === 'folder') folders.push(path)
      else await sftp.removeFile(path)
    }
  }
  for (const folder of folders.reverse()) await sftp.removeFolder(folder)
}

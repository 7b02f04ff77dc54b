import { reasonOf } from '../../../../core/copy/file-error.ts'
import { join } from '../../../../core/copy/landing.ts'
import { nameProblem } from '../../../../core/copy/listed-name.ts'
import { MISSING } from '../../../../core/copy/reasons.ts'
import { SftpError } from '../../../../core/copy/sftp-error.ts'
import type { Sftp, SftpFacts } from '../../../ports/sftp.ts'

export interface RemoteEntry extends SftpFacts {
  /** Relative to the folder of the walk, which is `.` itself. */
  readonly name: string
}

/** Folders that a server can nest without an end are not entered below this depth. */
const MOST_DEPTH = 256

/** Goes through a folder of the task, each folder before its content. Links are not followed, except for the folder. */
export async function* walkRemote(
  sftp: Sftp,
  root: string,
  tell: (name: string, reason: string) => void,
): AsyncGenerator<RemoteEntry> {
  const facts = await sftp.look(root, 'follow')
  if (!facts) throw new SftpError('ENOENT', MISSING)
  const open: RemoteEntry[] = [{ ...facts, name: '.' }]
  for (let entry = open.pop(); entry; entry = open.pop()) {
    yield entry
    if (entry.kind !== 'folder') continue
    const { name: folder } = entry
    try {
      const found = await sftp.list(folder === '.' ? root : join(root, folder))
      for (const one of [...found].sort(byNameDown)) {
        const name = folder === '.' ? one.name : `${folder}/${one.name}`
        const problem =
          name.split('/').length > MOST_DEPTH ? 'the folders are nested too deep' : nameProblem(one.name)
        if (problem === undefined) open.push({ ...one, name })
        else tell(name, `Refused: ${problem}`)
      }
    } catch (error) {
      if (!(error instanceof SftpError)) throw error
      tell(folder, reasonOf(error))
    }
  }
}

function byNameDown(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? 1 : -1
}

import { reasonOf } from '../../../../core/copy/file-error.ts'
import type { Standing } from '../../../../core/copy/landing.ts'
import { SftpError } from '../../../../core/copy/sftp-error.ts'
import type { Sftp } from '../../../ports/sftp.ts'
import type { AgainWith } from '../again.ts'
import type { CopyWork } from '../copy-work.ts'
import { UNUSABLE } from '../unusable.ts'
import { folderOf } from '../upload.ts'

/** Looks at the destination. @returns `undefined` if nothing can go there, which is reported */
export async function lookThere(
  again: AgainWith<Sftp>,
  { planned, problems }: CopyWork,
): Promise<Standing | undefined> {
  const path = planned.destination
  try {
    const standing = await again((sftp) => standingOf(sftp, path))
    const reason = UNUSABLE[standing]
    if (reason === undefined) return standing as Standing
    problems.tell({ path, reason })
  } catch (error) {
    if (!(error instanceof SftpError)) throw error
    problems.tell({ path, reason: reasonOf(error) })
  }
  return undefined
}

async function standingOf(sftp: Sftp, path: string): Promise<string> {
  const facts = await sftp.look(path, 'follow')
  if (facts) return facts.kind
  if (await sftp.look(path, 'keep')) return 'other'
  const folder = await sftp.look(folderOf(path), 'follow')
  return folder?.kind === 'folder' ? 'nothing' : 'astray'
}

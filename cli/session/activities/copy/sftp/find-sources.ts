import { reasonOf } from '../../../../core/copy/file-error.ts'
import { MISSING, NO_FILE_NOR_FOLDER } from '../../../../core/copy/reasons.ts'
import { SftpError } from '../../../../core/copy/sftp-error.ts'
import type { Sftp } from '../../../ports/sftp.ts'
import type { AgainWith } from '../again.ts'
import type { CopyWork } from '../copy-work.ts'
import type { RemoteSource } from '../remote-source.ts'
import { expandPattern } from './expand-pattern.ts'

/** Looks at the sources. What is not there, and what cannot be copied, is reported. */
export async function findSources(
  again: AgainWith<Sftp>,
  { planned, problems }: CopyWork,
): Promise<readonly RemoteSource[]> {
  const sources: RemoteSource[] = []
  for (const pattern of planned.sources) {
    for (const path of await again((sftp) => expandPattern(sftp, pattern))) {
      const found = await again((sftp) => lookAt(sftp, path))
      if (typeof found === 'string') problems.tell({ path, reason: found })
      else sources.push(found)
    }
  }
  return sources
}

/** @returns the source, or why it cannot be copied */
async function lookAt(sftp: Sftp, path: string): Promise<RemoteSource | string> {
  try {
    const facts = await sftp.look(path, 'follow')
    if (!facts) return MISSING
    const { kind, size } = facts
    if (kind !== 'folder' && kind !== 'file') return NO_FILE_NOR_FOLDER
    const own = await sftp.look(path, 'keep')
    return {
      path,
      kind: kind === 'file' && size === 0 ? 'stream' : kind,
      linked: own?.kind === 'link',
      facts,
    }
  } catch (error) {
    if (error instanceof SftpError) return reasonOf(error)
    throw error
  }
}

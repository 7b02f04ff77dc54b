import { SftpError } from '../../../../core/copy/sftp-error.ts'
import type { Sftp } from '../../../ports/sftp.ts'

/** Makes a folder of ours, unless an earlier attempt has made it. */
export async function makeFolder(sftp: Sftp, path: string): Promise<void> {
  try {
    await sftp.makeFolder(path)
  } catch (error) {
    if (!(error instanceof SftpError) || (await sftp.look(path, 'keep'))?.kind !== 'folder') throw error
  }
}

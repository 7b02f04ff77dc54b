import type { Stats } from 'ssh2'
import type { SftpFacts, SftpTimes } from '../../session/ports/sftp.ts'

/** What SFTP says of a file, as we say it. */
export function factsOf({ mode, size, mtime }: Stats): SftpFacts {
  return { kind: kindOf(mode), mode: mode & 0o777, size, mtime }
}

function kindOf(mode: number): SftpFacts['kind'] {
  switch (mode & 0o170000) {
    case 0o040000:
      return 'folder'
    case 0o100000:
      return 'file'
    case 0o120000:
      return 'link'
    default:
      return 'other'
  }
}

/** What SFTP is told to set. It has whole seconds since 1970. */
export function attributes({ mode, mtime }: SftpTimes) {
  const time = Math.max(0, Math.floor(mtime))
  return { mode: mode & 0o777, atime: time, mtime: time }
}

import type { Standing } from '../../core/copy/landing.ts'

/**
 * The files of a task through its SFTP server. Paths are relative to the folder in which a session starts. Every call
 * can throw `SftpError` for the path, the reason of the connection's `lost`, or the reason of the signal.
 */
export interface Sftp extends AsyncDisposable {
  /** The user's home. */
  home(): Promise<string>
  /** What is in a folder, links not followed. The names are the server's, and not checked. */
  list(folder: string): Promise<readonly SftpEntry[]>
  /** `undefined`: nothing stands there. */
  look(path: string, links: 'follow' | 'keep'): Promise<SftpFacts | undefined>
  /** The path with its links resolved. */
  realPath(path: string): Promise<string>
  readLink(path: string): Promise<string>
  /** The bytes of a file until the server has no more, whatever its size is. Many requests are under way at once. */
  read(path: string, from?: number): AsyncIterable<Buffer>
  /** Makes or replaces a file that only the user can read, and sets its facts at the end. */
  write(path: string, bytes: AsyncIterable<Buffer>, facts?: SftpTimes): Promise<void>
  /** Makes a folder that only the user can enter. */
  makeFolder(path: string): Promise<void>
  makeLink(path: string, target: string): Promise<void>
  setFacts(path: string, facts: SftpTimes): Promise<void>
  /** Replaces a file that stands there. */
  rename(from: string, to: string): Promise<void>
  removeFile(path: string): Promise<void>
  /** An empty one. */
  removeFolder(path: string): Promise<void>
}

export interface SftpTimes {
  /** The last nine bits. */
  readonly mode: number
  /** Seconds since 1970. */
  readonly mtime: number
}

export interface SftpFacts extends SftpTimes {
  readonly kind: Exclude<Standing, 'nothing'> | 'link'
  readonly size: number
}

export interface SftpEntry extends SftpFacts {
  readonly name: string
}

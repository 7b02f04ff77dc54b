import type { FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2'
import { SftpError } from '../../core/copy/sftp-error.ts'
import type { Sftp, SftpEntry, SftpFacts, SftpTimes } from '../../session/ports/sftp.ts'
import { attributes, factsOf } from './attributes.ts'
import { readAhead } from './read-ahead.ts'
import { type Done, SftpRequests } from './sftp-requests.ts'
import { CHUNK, writeBehind } from './write-behind.ts'

/** Missing in ssh2's types. */
interface HomeDirectory {
  ext_home_dir(user: string, done: Done<string>): void
}

export class SshSftp implements Sftp {
  readonly #sftp: SFTPWrapper
  readonly #requests: SftpRequests

  constructor(sftp: SFTPWrapper, lost: AbortSignal, signal: AbortSignal) {
    this.#sftp = sftp
    this.#requests = new SftpRequests(sftp, lost, signal)
  }

  async home(): Promise<string> {
    const sftp = this.#sftp as SFTPWrapper & HomeDirectory
    // The empty name is the user's own. ssh2's request for expand-path has a wrong length.
    const asked = this.#call<string>((done) => sftp.ext_home_dir('', done))
    return await asked.catch((error: unknown) => {
      // A server without that extension starts in the home.
      if (error instanceof SftpError) return this.realPath('.')
      throw error
    })
  }

  async list(folder: string): Promise<readonly SftpEntry[]> {
    const entries = await this.#call<FileEntryWithStats[]>((done) => this.#sftp.readdir(folder, done))
    return entries.map(({ filename, attrs }) => ({ name: filename, ...factsOf(attrs) }))
  }

  async look(path: string, links: 'follow' | 'keep'): Promise<SftpFacts | undefined> {
    try {
      return factsOf(
        await this.#call<Stats>((done) =>
          links === 'follow' ? this.#sftp.stat(path, done) : this.#sftp.lstat(path, done),
        ),
      )
    } catch (error) {
      if (error instanceof SftpError && error.code === 'ENOENT') return undefined
      throw error
    }
  }

  realPath(path: string): Promise<string> {
    return this.#call((done) => this.#sftp.realpath(path, done))
  }

  readLink(path: string): Promise<string> {
    return this.#call((done) => this.#sftp.readlink(path, done))
  }

  async *read(path: string, from = 0): AsyncGenerator<Buffer> {
    const handle = await this.#call<Buffer>((done) => this.#sftp.open(path, 'r', done))
    try {
      yield* readAhead((position, length) => this.#readAt(handle, position, length), from)
    } finally {
      await this.#call((done) => this.#sftp.close(handle, done)).catch(() => {})
    }
  }

  async write(path: string, bytes: AsyncIterable<Buffer>, facts?: SftpTimes): Promise<void> {
    const handle = await this.#call<Buffer>((done) => this.#sftp.open(path, 'w', { mode: 0o600 }, done))
    try {
      await writeBehind((position, chunk) => this.#writeAt(handle, position, chunk), bytes)
      if (facts) await this.#call((done) => this.#sftp.fsetstat(handle, attributes(facts), done))
    } catch (error) {
      throw (await this.#isDiskFull(error, path)) ? new SftpError('ENOSPC', 'No space left on device') : error
    } finally {
      await this.#call((done) => this.#sftp.close(handle, done)).catch(() => {})
    }
  }

  makeFolder(path: string): Promise<void> {
    return this.#call((done) => this.#sftp.mkdir(path, { mode: 0o700 }, done))
  }

  makeLink(path: string, target: string): Promise<void> {
    return this.#call((done) => this.#sftp.symlink(target, path, done))
  }

  setFacts(path: string, facts: SftpTimes): Promise<void> {
    return this.#call((done) => this.#sftp.setstat(path, attributes(facts), done))
  }

  async rename(from: string, to: string): Promise<void> {
    try {
      await this.#call((done) => this.#sftp.ext_openssh_rename(from, to, done))
    } catch (error) {
      if (!(error instanceof SftpError) || error.code !== 'ENOTSUP') throw error
      // The plain rename of SFTP refuses to replace a file.
      await this.removeFile(to).catch(() => {})
      await this.#call((done) => this.#sftp.rename(from, to, done))
    }
  }

  removeFile(path: string): Promise<void> {
    return this.#call((done) => this.#sftp.unlink(path, done))
  }

  removeFolder(path: string): Promise<void> {
    return this.#call((done) => this.#sftp.rmdir(path, done))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#sftp.end()
  }

  async #readAt(handle: Buffer, position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length)
    const count = await this.#call<number>((done) =>
      this.#sftp.read(handle, buffer, 0, length, position, done),
    )
    return buffer.subarray(0, count)
  }

  #writeAt(handle: Buffer, position: number, chunk: Buffer): Promise<void> {
    return this.#call((done) => this.#sftp.write(handle, chunk, 0, chunk.length, position, done))
  }

  /** The protocol has no word for it: a server says "Failure". */
  async #isDiskFull(error: unknown, path: string): Promise<boolean> {
    if (!(error instanceof SftpError) || error.code !== 'EIO') return false
    const disk = await this.#call<{ readonly f_bavail: number; readonly f_frsize: number }>((done) =>
      this.#sftp.ext_openssh_statvfs(path, done),
    ).catch(() => undefined)
    return disk !== undefined && disk.f_bavail * disk.f_frsize < CHUNK
  }

  #call<T>(start: (done: Done<T>) => void): Promise<T> {
    return this.#requests.call(start)
  }
}

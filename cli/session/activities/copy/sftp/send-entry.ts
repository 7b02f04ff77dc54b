import { createHash } from 'node:crypto'
import { isDiskFull, reasonOf } from '../../../../core/copy/file-error.ts'
import { firstBytes } from '../../../../core/copy/first-bytes.ts'
import { join } from '../../../../core/copy/landing.ts'
import { DIFFERS, grew, NO_FILE_FOLDER_NOR_LINK, shrank } from '../../../../core/copy/reasons.ts'
import { SftpError } from '../../../../core/copy/sftp-error.ts'
import { FargateLoginError } from '../../../../core/error.ts'
import type { LocalEntry } from '../../../ports/files.ts'
import type { Sftp, SftpTimes } from '../../../ports/sftp.ts'
import type { CopyWork } from '../copy-work.ts'
import type { Departure } from '../upload.ts'
import { counted, remoteHash } from './counted.ts'
import { makeFolder } from './make-folder.ts'

export interface SenderInput {
  readonly sftp: Sftp
  readonly stage: string
  readonly departures: readonly Departure[]
  readonly folders: Map<string, SftpTimes>
  /** Whether our folder may have a part of it already. */
  readonly isRepeated: boolean
}

/** Sends the files, folders and links of a walk. What cannot be sent is reported. */
export class EntrySender {
  readonly #input: SenderInput
  readonly #work: CopyWork
  /** The folders that are made, or being made. */
  readonly #made = new Map<string, Promise<void>>()

  constructor(input: SenderInput, work: CopyWork) {
    this.#input = input
    this.#work = work
  }

  /** @throws Error if the disk there is full, or of the connection */
  async send(entry: LocalEntry): Promise<void> {
    const sending = this.#send(entry)
    if (entry.kind === 'folder') this.#made.set(entry.name, sending)
    try {
      await sending
    } catch (error) {
      if (
        error instanceof FargateLoginError ||
        (error instanceof SftpError && isDiskFull(error) && error.code !== 'EIO')
      )
        throw error
      const path = error instanceof SftpError ? this.#landing(entry.name) : entry.path
      this.#work.problems.tell({ path, reason: reasonOf(error) })
    }
  }

  async #send(entry: LocalEntry): Promise<void> {
    const { sftp, stage, folders, isRepeated } = this.#input
    const { name, kind, target = '' } = entry
    const to = join(stage, name)
    await this.#made.get(name.slice(0, Math.max(0, name.lastIndexOf('/'))))
    if (kind === 'folder') {
      folders.set(name, entry)
      await makeFolder(sftp, to)
    } else if (kind === 'link') {
      if (isRepeated) await sftp.removeFile(to).catch(() => {})
      await sftp.makeLink(to, target)
    } else if (kind === 'file') await this.#sendFile(entry, to)
    else this.#tell(entry, NO_FILE_FOLDER_NOR_LINK)
  }

  async #sendFile(entry: LocalEntry, to: string): Promise<void> {
    const { sftp, isRepeated } = this.#input
    const { planned } = this.#work
    if (isRepeated && (await isThere(sftp, to, entry))) return
    if (planned.resume && (await isThere(sftp, this.#landing(entry.name), entry))) return
    const hash = planned.verify ? createHash('sha256') : undefined
    try {
      await sftp.write(to, this.#bytesOf(entry, hash), entry)
      if (!hash || (await remoteHash(sftp, to)) === hash.digest('hex')) return
      this.#tell(entry, DIFFERS, this.#landing(entry.name))
    } catch (error) {
      // Half a file must not look whole.
      await sftp.removeFile(to).catch(() => {})
      throw error
    }
    await sftp.removeFile(to)
  }

  async *#bytesOf(entry: LocalEntry, hash: ReturnType<typeof createHash> | undefined) {
    const { files, meter } = this.#work
    const { path, size } = entry
    const all = files.read(path, 0)
    const onCut = () => this.#tell(entry, grew(size))
    let sent = 0
    for await (const chunk of counted(size > 0 ? firstBytes(all, size, onCut) : all, meter)) {
      hash?.update(chunk)
      sent += chunk.length
      yield chunk
    }
    if (sent < size) this.#tell(entry, shrank(sent))
  }

  #tell({ path }: LocalEntry, reason: string, at = path): void {
    this.#work.problems.tell({ path: at, reason })
  }

  /** The user's path for a name in our folder. */
  #landing(name: string): string {
    const [entry, ...rest] = name.split('/')
    const landing = this.#input.departures.find((one) => one.entry === entry)?.landing ?? name
    return rest.reduce(join, landing)
  }
}

async function isThere(sftp: Sftp, path: string, { size, mtime }: LocalEntry): Promise<boolean> {
  const there = await sftp.look(path, 'keep')
  return there?.kind === 'file' && there.size === size && there.mtime === mtime
}

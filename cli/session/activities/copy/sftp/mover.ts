import { reasonOf } from '../../../../core/copy/file-error.ts'
import { join } from '../../../../core/copy/landing.ts'
import { nameProblem } from '../../../../core/copy/listed-name.ts'
import type { Problem } from '../../../../core/copy/remote-problems.ts'
import type { Move } from '../../../../core/copy/scripts/move.ts'
import { SftpError } from '../../../../core/copy/sftp-error.ts'
import { eachOf } from '../../../../core/wait/ahead.ts'
import type { Sftp, SftpTimes } from '../../../ports/sftp.ts'
import { AT_ONCE } from './at-once.ts'

/** What arrived, below our folder, and where it goes. */
interface Staged {
  readonly from: string
  readonly to: string
  readonly isFolder: boolean
}

/**
 * Moves what arrived into place by renames. A folder that exists is merged, as `cp -r` does. A folder is never entered
 * through a link, except for the one that the user named.
 */
export class Mover {
  /** What is in place, from -> to. */
  readonly #moved = new Map<string, string>()
  readonly #problems: Problem[] = []

  /**
   * A second call, after a break, continues.
   * @returns what could not be moved
   */
  async move(sftp: Sftp, stage: string, moves: readonly Move[]): Promise<readonly Problem[]> {
    for (const { entry, to } of moves)
      await this.#tellErrors(to, () => this.#arrive(sftp, join(stage, entry), to))
    return this.#problems
  }

  /** Sets modes and times of the folders that moved, the innermost first. @param folders name in our folder -> facts */
  async setFacts(sftp: Sftp, stage: string, folders: ReadonlyMap<string, SftpTimes>): Promise<void> {
    for (const [name, facts] of [...folders].sort(([a], [b]) => b.length - a.length)) {
      const place = this.#placeOf(join(stage, name))
      if (place !== undefined) await this.#tellErrors(place, () => sftp.setFacts(place, facts))
    }
  }

  async #arrive(sftp: Sftp, from: string, to: string): Promise<void> {
    const staged = await sftp.look(from, 'keep')
    if (!staged) return
    const isFolder = staged.kind === 'folder'
    const named = await sftp.look(to, 'follow')
    if (isFolder && named?.kind === 'folder') return await this.#merge(sftp, from, to)
    const isLink = named?.kind === 'file' && (await sftp.look(to, 'keep'))?.kind === 'link'
    await this.#place(sftp, { from, to: isLink ? await sftp.realPath(to) : to, isFolder })
  }

  async #merge(sftp: Sftp, from: string, to: string): Promise<void> {
    const open = [[from, to] as const]
    for (let pair = open.pop(); pair; pair = open.pop()) {
      const [source, target] = pair
      const entries = (await sftp.list(source)).filter(({ name }) => nameProblem(name) === undefined)
      await eachOf(entries, AT_ONCE, async ({ name, kind }) => {
        const one = { from: join(source, name), to: join(target, name), isFolder: kind === 'folder' }
        await this.#tellErrors(one.to, async () => {
          const present = one.isFolder ? await sftp.look(one.to, 'keep') : undefined
          if (present?.kind === 'folder') open.push([one.from, one.to])
          else await this.#place(sftp, one)
        })
      })
    }
  }

  async #place(sftp: Sftp, { from, to, isFolder }: Staged): Promise<void> {
    const present = await sftp.look(to, 'keep')
    if (present?.kind === 'folder') throw new SftpError('EISDIR', 'Is a directory')
    if (isFolder && present) throw new SftpError('ENOTDIR', 'Not a directory')
    await sftp.rename(from, to)
    this.#moved.set(from, to)
  }

  #placeOf(path: string): string | undefined {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      const moved = this.#moved.get(at)
      if (moved !== undefined) return `${moved}${path.slice(at.length)}`
    }
    return undefined
  }

  async #tellErrors(path: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof SftpError)) throw error
      this.#problems.push({ path, reason: reasonOf(error) })
    }
  }
}

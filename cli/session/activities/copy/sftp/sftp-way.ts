import type { PlannedCopy } from '../../../../core/copy/plan-copy.ts'
import { SftpError } from '../../../../core/copy/sftp-error.ts'
import { hasCode } from '../../../../core/error.ts'
import type { Ports } from '../../../ports/ports.ts'
import type { Sftp, SftpTimes } from '../../../ports/sftp.ts'
import type { Connection } from '../../../ports/ssh.ts'
import { startAnswerLimit } from '../../../time-limit.ts'
import type { ActivityInput } from '../../activity.ts'
import { type AgainWith, makeAgainWith } from '../again.ts'
import type { CopyWay } from '../copy-way.ts'
import { fetchFile } from './fetch-file.ts'
import { fetchFolder } from './fetch-folder.ts'
import { findSources } from './find-sources.ts'
import { lookThere } from './look-there.ts'
import { Mover } from './mover.ts'
import { removeTree } from './remove-tree.ts'
import { sendBySftp } from './send.ts'
import { sendToStdout } from './send-to-stdout.ts'

const CLEAN_UP_SECONDS = 3

/** A copy by the SFTP server of the task. It needs no program in the container. */
export class SftpWay implements CopyWay, AsyncDisposable {
  readonly #input: ActivityInput
  readonly #again: AgainWith<Sftp>
  /** The folders that were sent, by their names in our folder. */
  readonly #folders = new Map<string, SftpTimes>()
  #open: { readonly connection: Connection; readonly sftp: Sftp } | undefined

  constructor(input: ActivityInput, ports: Pick<Ports, 'reporter' | 'clock'>) {
    this.#input = input
    this.#again = makeAgainWith(() => this.#current(), input, ports)
  }

  /** Whether the task has an SFTP server. */
  async isThere(): Promise<boolean> {
    try {
      return await this.#again(async () => true)
    } catch (error) {
      if (hasCode(error, 'session-refused')) return false
      throw error
    }
  }

  /** No shell expands `~`, so the home is asked for. */
  async withHome(planned: PlannedCopy): Promise<PlannedCopy> {
    const { sources, destination, direction } = planned
    const isHome = (path: string) => path === '~' || path.startsWith('~/')
    if (![...sources, destination].some(isHome)) return planned
    const home = await this.#again((sftp) => sftp.home())
    const literal = home.replace(/[*?[\]]/g, '\\$&')
    return direction === 'download'
      ? { ...planned, sources: sources.map((path) => (isHome(path) ? `${literal}${path.slice(1)}` : path)) }
      : { ...planned, destination: isHome(destination) ? `${home}${destination.slice(1)}` : destination }
  }

  readonly findSources: CopyWay['findSources'] = (work) => findSources(this.#again, work)

  readonly fetch: CopyWay['fetch'] = async (arrivals, stage, work) => {
    for (const arrival of arrivals) {
      const fetchOne = arrival.source.kind === 'folder' ? fetchFolder : fetchFile
      await fetchOne({ arrival, stage, again: this.#again }, work)
    }
  }

  readonly sendToStdout: CopyWay['sendToStdout'] = (sources, work) => sendToStdout(this.#again, sources, work)

  readonly lookThere: CopyWay['lookThere'] = (work) => lookThere(this.#again, work)

  readonly send: CopyWay['send'] = (departures, stage, work) =>
    sendBySftp({ departures, stage, again: this.#again, folders: this.#folders }, work)

  readonly moveIntoPlace: CopyWay['moveIntoPlace'] = async (stage, moves) => {
    const mover = new Mover()
    const problems = await this.#again((sftp) => mover.move(sftp, stage, moves))
    await this.#again((sftp) => mover.setFacts(sftp, stage, this.#folders))
    await this.#again((sftp) => removeTree(sftp, stage)).catch(ignoreRefusal)
    return problems
  }

  readonly removeStage: CopyWay['removeStage'] = async (stage) => {
    const { link, environment } = this.#input
    const { connection } = link
    if (connection.lost.aborted) return
    using limit = startAnswerLimit('cp', CLEAN_UP_SECONDS)
    try {
      await using sftp = await connection.openSftp(environment, limit.signal)
      await removeTree(sftp, stage)
    } catch {
      // The task may have gone.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.sftp[Symbol.asyncDispose]()
  }

  /** One SFTP session for each connection. */
  async #current(): Promise<Sftp> {
    const { link, task, environment } = this.#input
    const { connection } = link
    if (this.#open?.connection !== connection)
      this.#open = { connection, sftp: await connection.openSftp(environment, task.signal) }
    return this.#open.sftp
  }
}

/** What cannot be removed stays. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof SftpError)) throw error
}

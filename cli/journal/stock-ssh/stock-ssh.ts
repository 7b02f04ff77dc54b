import { rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FargateLoginError } from '../../core/error.ts'
import { hostKeyAlias, hostName } from '../../core/stock-ssh/host-block.ts'
import {
  hostsOf,
  includeLine,
  withBlocks,
  withInclude,
  withoutHosts,
  withoutInclude,
} from '../../core/stock-ssh/ssh-config-file.ts'
import type { StockSsh } from '../../session/ports/stock-ssh.ts'
import { lock } from '../lock.ts'
import { writeWhole } from '../write-whole.ts'
import { changeUserFile, readIfThere, refuseForeign } from './user-file.ts'
import { keepUserKey } from './user-key.ts'

export interface StockSshInput {
  /** Of our state: keys and host keys. */
  readonly stateDirectory: string
  /** Our file of Host blocks. */
  readonly ownFile: string
  /** ~/.ssh/config */
  readonly userFile: string
}

export function makeStockSsh({ stateDirectory, ownFile, userFile }: StockSshInput): StockSsh {
  const directoryOf = (target: string) => join(stateDirectory, 'ssh', hostName(target))
  const files = (target: string) => ({
    keyFile: join(directoryOf(target), 'id'),
    knownHostsFile: join(directoryOf(target), 'known_hosts'),
  })
  // Most connections are to the task of the one before.
  const write = async (file: string, text: string) => {
    if ((await readIfThere(file)) !== text) await writeWhole(dirname(file), file, text)
  }
  const changeInclude = (change: (config: string) => string) =>
    orExplain(() => changeUserFile(userFile, change), `Its first line has to be: ${includeLine(ownFile)}`)
  /** Two commands at once would lose the hosts of one of them. */
  const alone = async <T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> => {
    await orExplain(() => refuseForeign(userFile))
    await using _lock = await orExplain(() => lock(`${ownFile}.lock`, signal, () => {}))
    return await act()
  }
  /** Only what we have put there: the names come from a file that people can edit. */
  const forget = async (host: string) => {
    const directory = join(stateDirectory, 'ssh', basename(host))
    for (const name of ['id', 'known_hosts']) await rm(join(directory, name), { force: true })
    await rmdir(directory).catch(() => {})
  }
  return {
    userKey: (fresh) =>
      orExplain(() => {
        const [type = ''] = fresh.publicKey.split(' ')
        return keepUserKey(join(stateDirectory, 'ssh', `user-${type}.json`), fresh)
      }),

    files,

    write: (target, { privateKey, hostKey }) =>
      orExplain(async () => {
        const { keyFile, knownHostsFile } = files(target)
        await write(keyFile, privateKey)
        await write(knownHostsFile, `${hostKeyAlias(target)} ${hostKey}\n`)
      }),

    install: (blocks, signal) =>
      alone(signal, async () => {
        await orExplain(async () => write(ownFile, withBlocks(await readIfThere(ownFile), blocks)))
        await changeInclude((config) => withInclude(config, ownFile))
        return ownFile
      }),

    uninstall: (hosts, signal) =>
      alone(signal, async () => {
        const before = await orExplain(() => readIfThere(ownFile))
        const removed = hostsOf(before).filter((host) => hosts?.includes(host) ?? true)
        const after = withoutHosts(before, removed)
        if (after !== '') await orExplain(() => write(ownFile, after))
        else {
          await changeInclude((config) => withoutInclude(config, ownFile))
          await orExplain(() => rm(ownFile, { force: true }))
        }
        for (const host of removed) await orExplain(() => forget(host))
        return removed
      }),
  }
}

async function orExplain<T>(
  act: () => Promise<T>,
  hint = 'Fix that, or let XDG_STATE_HOME and XDG_CONFIG_HOME name other directories.',
): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof FargateLoginError) throw error
    throw new FargateLoginError(
      'journal-unwritable',
      `The keys and files for ssh cannot be read or written: ${(error as Error).message}.`,
      {
        hint,
        cause: error,
      },
    )
  }
}

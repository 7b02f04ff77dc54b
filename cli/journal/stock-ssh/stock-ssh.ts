import { mkdir, readFile, realpath, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FargateLoginError } from '../../core/error.ts'
import { hostKeyAlias, hostName } from '../../core/stock-ssh/host-block.ts'
import {
  hostsOf,
  withBlocks,
  withInclude,
  withoutHosts,
  withoutInclude,
} from '../../core/stock-ssh/ssh-config-file.ts'
import type { StockSsh } from '../../session/ports/stock-ssh.ts'
import { writeWhole } from '../write-whole.ts'

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
  const write = (file: string, text: string) => writeWhole(dirname(file), file, text)
  return {
    files,

    write: (target, { privateKey, hostKey }) =>
      orExplain(async () => {
        const { keyFile, knownHostsFile } = files(target)
        await write(keyFile, privateKey)
        await write(knownHostsFile, `${hostKeyAlias(target)} ${hostKey}\n`)
      }),

    install: (blocks) =>
      orExplain(async () => {
        await write(ownFile, withBlocks(await readIfThere(ownFile), blocks))
        await changeUserFile(userFile, (config) => withInclude(config, ownFile))
        return ownFile
      }),

    uninstall: (hosts) =>
      orExplain(async () => {
        const before = await readIfThere(ownFile)
        const removed = hostsOf(before).filter((host) => hosts?.includes(host) ?? true)
        const after = withoutHosts(before, removed)
        if (after !== '') await write(ownFile, after)
        else {
          await changeUserFile(userFile, (config) => withoutInclude(config, ownFile))
          await rm(ownFile, { force: true })
        }
        return removed
      }),
  }
}

/** Keeps a symbolic link, as people have who keep their settings in a repository. */
async function changeUserFile(userFile: string, change: (config: string) => string): Promise<void> {
  const before = await readIfThere(userFile)
  const after = change(before)
  if (after === before) return
  await mkdir(dirname(userFile), { recursive: true, mode: 0o700 })
  const file = await realpath(userFile).catch(() => userFile)
  await writeWhole(dirname(file), file, after)
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

async function orExplain<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw new FargateLoginError('journal-unwritable', `The files for ssh: ${(error as Error).message}.`, {
      hint: 'Fix that, or let XDG_STATE_HOME and XDG_CONFIG_HOME name other directories.',
      cause: error,
    })
  }
}

import type { Stats } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Config } from '../../core/config/config.ts'
import { FargateLoginError } from '../../core/error.ts'
import { quoteWord } from '../../core/text/quote.ts'
import type { Environment } from '../environment.ts'
import type { Layer } from '../named-settings.ts'
import { readText } from './read-text.ts'
import { isTrustedOwner } from './trusted-owner.ts'

export const FILE_NAME = 'fargate-login.yaml'

export interface ConfigFile {
  readonly path: string
  readonly defaults: Layer
  readonly targets: ReadonlyMap<string, Layer>
  readonly shortcuts: Config['shortcuts']
}

/** Both spellings are found. */
const FILE_NAMES = [FILE_NAME, 'fargate-login.yml'] as const

export interface FileSearch {
  /** From `--config`; FARGATE_LOGIN_CONFIG if it is absent. Without either, the file is searched upward. */
  readonly config: string | undefined
  readonly directory: string
  readonly environment: Environment
}

/**
 * Reads the file that the user named, or the nearest fargate-login.yaml (or .yml) at or above `directory`.
 * @returns `undefined` if there is none
 * @throws FargateLoginError `config-not-found`, `config-invalid`, `config-untrusted`
 */
export async function readConfigFile(search: FileSearch): Promise<ConfigFile | undefined> {
  const { config, directory, environment } = search
  const path = config || environment.FARGATE_LOGIN_CONFIG
  if (!path) return await findUpward(resolve(directory), environment)
  const source = await readIfThere(resolve(directory, path))
  if (source === undefined) {
    throw new FargateLoginError('config-not-found', `There is no config file ${path}.`, {
      hint: `Check --config (or FARGATE_LOGIN_CONFIG). Without it, the nearest ${FILE_NAME} upward from here is used.`,
    })
  }
  return await parse(path, source)
}

async function findUpward(directory: string, environment: Environment): Promise<ConfigFile | undefined> {
  const files = await Promise.all(FILE_NAMES.map((name) => readFound(join(directory, name), environment)))
  const [found, other] = files.filter((file) => file !== undefined)
  if (other) throw twoFiles(directory)
  if (found) return await parse(found.path, found.source)
  const parent = dirname(directory)
  return parent === directory ? undefined : await findUpward(parent, environment)
}

async function readFound(path: string, environment: Environment) {
  const source = await readIfThere(path, ({ uid }) => {
    if (!isTrustedOwner(uid, environment)) throw untrusted(path, uid)
  })
  return source === undefined ? undefined : { path, source }
}

async function readIfThere(path: string, check?: (stats: Stats) => void): Promise<string | undefined> {
  try {
    return await readText(path, check)
  } catch (error) {
    if (error instanceof FargateLoginError) throw error
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new FargateLoginError('config-invalid', `${path} cannot be read: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

function twoFiles(directory: string): FargateLoginError {
  const names = FILE_NAMES.join(' and ')
  return new FargateLoginError('config-invalid', `${directory} has two config files: ${names}.`, {
    hint: 'Remove one of them, or name one with --config.',
  })
}

function untrusted(path: string, uid: number): FargateLoginError {
  return new FargateLoginError(
    'config-untrusted',
    `${path} belongs to another user (uid ${uid}), so it is not read.`,
    { hint: `It decides what runs, and where. If you trust it: --config ${quoteWord(path)}` },
  )
}

/** The parser is loaded on demand, because most users have no file. */
async function parse(path: string, source: string): Promise<ConfigFile> {
  return (await import('./parse-file.ts')).parseConfigFile(path, source)
}

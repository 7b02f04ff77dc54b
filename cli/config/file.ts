import { dirname, join, resolve } from 'node:path'
import type { Config } from '../core/config/config.ts'
import { FargateLoginError } from '../core/error.ts'
import type { Layer } from './named-settings.ts'
import { readText } from './read-text.ts'

export const FILE_NAME = 'fargate-login.yaml'

export interface ConfigFile {
  readonly path: string
  readonly defaults: Layer
  readonly targets: ReadonlyMap<string, Layer>
  readonly shortcuts: Config['shortcuts']
}

/** Reads `path`, or the nearest fargate-login.yaml at or above `directory`; `undefined` if there is none. */
export async function readConfigFile(
  path: string | undefined,
  directory: string,
): Promise<ConfigFile | undefined> {
  if (path === undefined) return await findUpward(resolve(directory))
  const source = await readIfThere(resolve(directory, path))
  if (source === undefined) {
    throw new FargateLoginError('config-not-found', `There is no config file ${path}.`, {
      hint: `Check --config (or FARGATE_LOGIN_CONFIG). Without it, the nearest ${FILE_NAME} upward from here is used.`,
    })
  }
  return await parse(path, source)
}

async function findUpward(directory: string): Promise<ConfigFile | undefined> {
  const path = join(directory, FILE_NAME)
  const source = await readIfThere(path)
  if (source !== undefined) return await parse(path, source)
  const parent = dirname(directory)
  return parent === directory ? undefined : await findUpward(parent)
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readText(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new FargateLoginError('config-invalid', `${path} cannot be read: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

/** The parser is loaded on demand, because most users have no file. */
async function parse(path: string, source: string): Promise<ConfigFile> {
  return (await import('./parse-file.ts')).parseConfigFile(path, source)
}

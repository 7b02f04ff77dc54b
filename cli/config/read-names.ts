import type { Environment } from './environment.ts'
import { readConfigFile } from './file.ts'

/** The names that the config file defines. */
export interface Names {
  readonly targets: readonly string[]
  readonly shortcuts: readonly string[]
}

export interface NameSources {
  /** `--config`; FARGATE_LOGIN_CONFIG if it is absent. */
  readonly config: string | undefined
  readonly environment: Environment
  readonly directory: string
}

/** Reads the names for a message about others. A file that cannot be read has none, and is not the subject. */
export async function readNames({ config, environment, directory }: NameSources): Promise<Names> {
  const path = config || environment.FARGATE_LOGIN_CONFIG || undefined
  const file = await readConfigFile({ path, directory, environment }).catch(() => undefined)
  return { targets: [...(file?.targets.keys() ?? [])], shortcuts: Object.keys(file?.shortcuts ?? {}) }
}

import { type FileSearch, readConfigFile } from './file/config-file.ts'

/** The names that the config file defines. */
export interface Names {
  readonly targets: readonly string[]
  readonly shortcuts: readonly string[]
}

/** Reads the names for a message about others. A file that cannot be read has none, and is not the subject. */
export async function readNames(search: FileSearch): Promise<Names> {
  const file = await readConfigFile(search).catch(() => undefined)
  return { targets: [...(file?.targets.keys() ?? [])], shortcuts: Object.keys(file?.shortcuts ?? {}) }
}

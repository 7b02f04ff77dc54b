import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { machineEnvironment } from './machine-environment.ts'

/** @param directories searched before those of PATH */
export async function findExecutable(
  name: string,
  directories: readonly string[] = [],
): Promise<string | undefined> {
  const path = (machineEnvironment().PATH ?? '').split(delimiter).filter((directory) => directory !== '')
  for (const directory of [...directories, ...path]) {
    const file = join(directory, name)
    if (await isExecutable(file)) return file
  }
  return undefined
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}

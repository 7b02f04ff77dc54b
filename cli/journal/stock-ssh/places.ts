import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { journalDirectory } from '../state-directory.ts'
import type { StockSshInput } from './stock-ssh.ts'

/** Where the files for stock ssh are. */
export function stockSshPlaces(environment: Readonly<Record<string, string | undefined>>): StockSshInput {
  const { XDG_CONFIG_HOME: given } = environment
  const configuration = given && isAbsolute(given) ? given : join(homedir(), '.config')
  return {
    stateDirectory: dirname(journalDirectory(environment)),
    ownFile: join(configuration, 'fargate-login', 'ssh_config'),
    userFile: join(homedir(), '.ssh', 'config'),
  }
}

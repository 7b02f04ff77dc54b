import { userInfo } from 'node:os'
import { isAbsolute } from 'node:path'

/** No file can be made or found below it. */
const NOWHERE = '/dev/null'

/**
 * Makes HOME the user's home directory if it is empty, unset or relative. Otherwise the AWS SDK would read `.aws/config`,
 * and we would keep keys, in whatever directory we are started.
 */
export function settleHome(environment: NodeJS.ProcessEnv): void {
  const { HOME } = environment
  if (process.platform === 'win32' || (HOME !== undefined && isAbsolute(HOME))) return
  environment.HOME = accountHome() ?? NOWHERE
}

/** The home directory in the user database; a uid in a container often has none. */
function accountHome(): string | undefined {
  try {
    const { homedir } = userInfo()
    return isAbsolute(homedir) ? homedir : undefined
  } catch {
    return undefined
  }
}

import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * The journal's directory, the same on macOS. It is never below the working directory.
 * https://specifications.freedesktop.org/basedir-spec/latest/ says to ignore relative paths.
 * @param environment main makes its HOME absolute
 */
export function journalDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_STATE_HOME: given, HOME: home = homedir() } = environment
  const state = given && isAbsolute(given) ? given : join('/', home, '.local', 'state')
  return join(state, 'fargate-login', 'sessions')
}

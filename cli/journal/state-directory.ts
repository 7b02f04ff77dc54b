import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * The journal's directory, the same on macOS.
 * https://specifications.freedesktop.org/basedir-spec/latest/ says to ignore relative paths.
 */
export function journalDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_STATE_HOME: given } = environment
  const state = given && isAbsolute(given) ? given : join(homedir(), '.local', 'state')
  return join(state, 'fargate-login', 'sessions')
}

import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * Where the journal lives, on macOS too.
 * https://specifications.freedesktop.org/basedir-spec/latest/ has relative paths ignored.
 */
export function journalDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_STATE_HOME: given } = environment
  const state = given && isAbsolute(given) ? given : join(homedir(), '.local', 'state')
  return join(state, 'fargate-login', 'sessions')
}

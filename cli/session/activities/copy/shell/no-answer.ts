import { FargateLoginError } from '../../../../core/error.ts'
import type { Answer } from './remote-shell.ts'

/** The container has no shell that runs our scripts. @param what that the task did not do */
export function noAnswer(what: string, { status, stderr }: Answer): FargateLoginError {
  const said = stderr.trim() || `status ${status}`
  return new FargateLoginError('session-refused', `The task did not ${what}: ${said}.`, { hint: HINT })
}

/**
 * Throws if a program is missing, which a shell says with status 127.
 * @throws FargateLoginError `session-refused`
 */
export function needPrograms(programs: string, { status, stderr }: Omit<Answer, 'stdout'>): void {
  if (status !== 127) return
  const said = stderr.trim()
  throw new FargateLoginError(
    'session-refused',
    `The container has no ${programs}${said === '' ? '' : ` (${said})`}.`,
    { hint: HINT },
  )
}

const HINT =
  'A copy needs a shell and tar in the container, of the image or of the toolkit (--inject), or an SFTP server.'

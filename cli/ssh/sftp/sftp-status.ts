import { MISSING } from '../../core/copy/reasons.ts'
import { SftpError } from '../../core/copy/sftp-error.ts'
import { foreignWords } from '../../core/text/foreign-words.ts'

/** https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02#section-7 */
const NO_SUCH_FILE = 2
const PERMISSION_DENIED = 3

/** The error of a request that the server refused; `undefined` if the server did not answer it. */
export function refusal(error: Error): SftpError | undefined {
  const { code, message } = error as { readonly code?: unknown; readonly message: string }
  if (typeof code !== 'number') return undefined
  if (code === NO_SUCH_FILE) return new SftpError('ENOENT', MISSING)
  if (code === PERMISSION_DENIED) return new SftpError('EACCES', 'Permission denied')
  return new SftpError('EIO', `The SFTP server refused it (${foreignWords(message)})`)
}

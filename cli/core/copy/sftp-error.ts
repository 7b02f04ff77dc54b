/** An SFTP server refused something about a file. */
export class SftpError extends Error {
  /** As Node names such errors: `ENOENT`, `EACCES`, `ENOSPC`, or `EIO` if the server does not say why. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

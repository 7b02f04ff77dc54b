/** The words of an error of the file system, without Node's call and path. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const words = /^[A-Z0-9]+: ([^,]+)/.exec(message ?? '')?.[1]
  if (code === undefined || words === undefined) return message ?? String(error)
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

export function hasErrno(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException | undefined)?.code ?? '')
}

/** Nothing more can be written anywhere on this disk. */
export function isDiskFull(error: unknown): boolean {
  return hasErrno(error, 'ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EFBIG')
}

/** Whether the file system refused something. */
export function isFileError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException | undefined)?.syscall === 'string'
}

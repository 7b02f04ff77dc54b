/** The deepest member, in folders. */
const MOST_DEPTH = 256
/** The longest name, in characters. PATH_MAX of Linux. */
const MOST_LENGTH = 4096

export type MemberName = { readonly parts: readonly string[] } | { readonly problem: string }

/**
 * Checks the name of a member of an archive that a task sent. The task is not trusted: the name must not lead out of the
 * folder into which the archive is unpacked.
 * @param name tar's spelling, such as `./a/b` or `./a/`
 * @returns the parts below that folder; no parts for the folder itself
 */
export function memberName(name: string): MemberName {
  if (name.length > MOST_LENGTH) return { problem: 'the name is too long' }
  if (name.includes('\0')) return { problem: 'the name has a zero byte' }
  if (name.startsWith('/')) return { problem: 'the name is absolute' }
  if (name.includes('\ufffd')) return { problem: 'the name is not UTF-8' }
  const relative = name.replace(/^(\.\/)+/, '').replace(/\/+$/, '')
  if (relative === '.' || relative === '') return { parts: [] }
  const parts = relative.split('/')
  if (parts.length > MOST_DEPTH) return { problem: 'the folders are nested too deep' }
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return { problem: 'the name leads out of its folder' }
  }
  return { parts }
}

/** Whether Windows takes the part for another path, a drive or a stream. */
export function isUnsafeOnWindows(part: string): boolean {
  return /[\\:<>"|?*\p{Cc}]|[. ]$/u.test(part) || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part)
}

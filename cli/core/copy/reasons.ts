// Why a path is not copied, or not as it is. Every way to copy says it in the same words.

export const MISSING = 'No such file or directory'
export const NO_FILE_NOR_FOLDER = 'It is neither a file nor a folder'
export const NO_FILE_FOLDER_NOR_LINK = 'It is neither a file, a folder nor a link'
export const DIFFERS = 'The copy differs (SHA-256)'
export const HASH_UNKNOWN = 'Its SHA-256 in the task is unknown'

/** @param bytes those that are copied */
export function grew(bytes: number): string {
  return `It grew while it was read: its first ${bytes} bytes are copied`
}

/** @param bytes those that were left */
export function shrank(bytes: number): string {
  return `It shrank while it was read, to ${bytes} bytes`
}

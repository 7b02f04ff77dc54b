import { userInfo } from 'node:os'

/** In a container of CI the uid often has no name. */
export function localUserName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`
  }
}

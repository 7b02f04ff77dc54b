import { userInfo } from 'node:os'

/** In a CI container, the uid often has no name. */
export function localUserName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`
  }
}

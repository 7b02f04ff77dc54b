import type { Environment } from '../environment.ts'

/**
 * Whether we believe a file of this owner that we found by ourselves: root's, our own, and under sudo that of the
 * caller. git's safe.directory has the same rule.
 */
export function isTrustedOwner(uid: number, { SUDO_UID }: Environment): boolean {
  const own = process.getuid?.()
  if (own === undefined || uid === own || uid === 0) return true
  return own === 0 && SUDO_UID !== undefined && /^\d+$/.test(SUDO_UID) && Number(SUDO_UID) === uid
}

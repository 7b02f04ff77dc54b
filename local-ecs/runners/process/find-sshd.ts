import { findExecutable } from '../../find-executable.ts'

/** These are not in the PATH of most users. */
const DIRECTORIES = ['/usr/sbin', '/usr/local/sbin', '/sbin', '/opt/homebrew/sbin']

export function findSshd(): Promise<string | undefined> {
  return findExecutable('sshd', DIRECTORIES)
}

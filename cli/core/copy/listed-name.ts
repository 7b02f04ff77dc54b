import { memberName } from './member-name.ts'

/**
 * Checks a name in a folder that an SFTP server listed. The task is not trusted: the name must be one part of a path.
 * @returns why it is refused; `undefined` for a name that can be used
 */
export function nameProblem(name: string): string | undefined {
  const checked = memberName(name)
  if ('problem' in checked) return checked.problem
  return checked.parts.length === 1 && checked.parts[0] === name ? undefined : 'the name is a path'
}

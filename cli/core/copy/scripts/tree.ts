import { PLAIN_MESSAGES } from './plain-messages.ts'
import { remotePath } from './remote-words.ts'

export interface TreeInput {
  /** The folder to which the names are relative. */
  readonly folder: string
  /** `.`, or names in the folder. */
  readonly names: readonly string[]
  /** Whether to copy what links point to. */
  readonly follow: boolean
  /** Whether folders stand for themselves, without their content. */
  readonly shallow: boolean
}

/** Writes a tar archive to stdout. */
export function packNames({ folder, names, follow, shallow }: TreeInput): string {
  const options = `${shallow ? '--no-recursion ' : ''}-${follow ? 'h' : ''}cf -`
  return `${enter(folder)}
exec tar ${options} ${names.map(relative).join(' ')} </dev/null`
}

/** Prints a line of sha256sum for each file. */
export function hashTree({ folder, names, follow }: Omit<TreeInput, 'shallow'>): string {
  return `${enter(folder)}
exec find ${follow ? '-L ' : ''}${names.map(relative).join(' ')} -type f -exec sha256sum {} +`
}

/** Prints `SIZE/MTIME/NAME` for each file, and `-/-/NAME` for the folders and the rest. */
export function listTree({ folder, names }: Omit<TreeInput, 'shallow' | 'follow'>): string {
  const roots = names.map(relative).join(' ')
  return `${enter(folder)}
find ${roots} -type f -exec stat -c '%s/%Y/%n' {} + 
find ${roots} ! -type f -exec printf -- '-/-/%s\\n' {} +`
}

function enter(folder: string): string {
  return `${PLAIN_MESSAGES}\ncd ${remotePath(folder)} || exit 2`
}

function relative(name: string): string {
  return name === '.' ? '.' : remotePath(`./${name}`)
}

import { PLAIN_MESSAGES } from './plain-messages.ts'
import { remotePath } from './remote-words.ts'

/** Writes a file to stdout, from a byte on. Not by `head -c`, which sends 8 KiB at a time and is half as fast. */
export function readFile(path: string, from: number): string {
  const file = remotePath(path)
  return `${PLAIN_MESSAGES}\nexec ${from === 0 ? 'cat' : `tail -c +${from + 1}`} <${file}`
}

/** Prints `SIZE HASH` of a file; only its first bytes count if `bytes` is given. */
export function hashFile(path: string, bytes?: number): string {
  const file = remotePath(path)
  const content = bytes === undefined ? `cat <${file}` : `head -c ${bytes} <${file}`
  return `${PLAIN_MESSAGES}\nset -e\nsize=$(wc -c <${file})\nhash=$(${content} | sha256sum)\necho $size $hash`
}

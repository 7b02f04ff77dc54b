/** A file or folder that `listTree` printed. */
export interface Listed {
  /** Relative, without `./`; `.` is the folder itself. */
  readonly name: string
  /** Absent for folders and links. */
  readonly size?: number
  /** Whole seconds since 1970. */
  readonly mtime?: number
}

/** Reads the lines of `listTree`. A line that does not begin as expected continues a name with a line break. */
export function parseTree(text: string): readonly Listed[] {
  return records(text, /^(?:\d+|-)\/(?:\d+|-)\/\./).flatMap((record) => {
    const [, size, mtime, name] = /^(\d+|-)\/(\d+|-)\/(?:\.\/)?(.+)$/s.exec(record) ?? []
    if (name === undefined) return []
    return [size === '-' ? { name } : { name, size: Number(size), mtime: Number(mtime) }]
  })
}

/**
 * Reads the lines of sha256sum. GNU escapes a line break or backslash in a name, and says so by a backslash in front.
 * busybox does not.
 */
export function parseHashes(text: string): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>()
  for (const record of records(text, /^\\?[0-9a-f]{64} [ *]\./)) {
    const [, escaped, hash, name] = /^(\\?)([0-9a-f]{64}) [ *](?:\.\/)?(.+)$/s.exec(record) ?? []
    if (hash === undefined || name === undefined) continue
    hashes.set(escaped ? name.replace(/\\([n\\])/g, (_, code) => (code === 'n' ? '\n' : '\\')) : name, hash)
  }
  return hashes
}

function records(text: string, start: RegExp): readonly string[] {
  const found: string[] = []
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (start.test(line) || found.length === 0) found.push(line)
    else found[found.length - 1] += `\n${line}`
  }
  return found
}

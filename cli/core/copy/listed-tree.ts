/** A file or folder that `listTree` printed. */
export interface Listed {
  /** Relative, without `./`; `.` is the folder itself. */
  readonly name: string
  /** Absent for folders and links. */
  readonly size?: number
  /** Whole seconds since 1970. */
  readonly mtime?: number
}

/** Reads the lines of `listTree`. A name with a line break has none of the expected lines, and counts as unknown. */
export function parseTree(text: string): readonly Listed[] {
  return text.split('\n').flatMap((line) => {
    const [, size, mtime, name] = /^(\d+|-)\/(\d+|-)\/(?:\.\/)?(.+)$/.exec(line) ?? []
    if (name === undefined) return []
    return [size === '-' ? { name } : { name, size: Number(size), mtime: Number(mtime) }]
  })
}

/** Reads the lines of sha256sum. GNU escapes a line break or backslash in a name, and says so by a backslash in front. */
export function parseHashes(text: string): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, escaped, hash, name] = /^(\\?)([0-9a-f]{64})[ *]+(?:\.\/)?(.+)$/.exec(line) ?? []
    if (hash === undefined || name === undefined) continue
    hashes.set(escaped ? name.replace(/\\([n\\])/g, (_, code) => (code === 'n' ? '\n' : '\\')) : name, hash)
  }
  return hashes
}

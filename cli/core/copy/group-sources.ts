import { join, nameOf } from './landing.ts'

export interface GroupedSource {
  readonly path: string
  readonly kind: string
  /** The user named a link to it. */
  readonly linked: boolean
  /** Its name in the stage. */
  readonly entry: string
}

/** Sources that travel in one archive. */
export interface SourceGroup {
  /** The folder to which the names in the archive are relative. */
  readonly folder: string
  /** `.`, or the names of the sources. */
  readonly names: readonly string[]
  readonly entries: readonly string[]
  /** Whether to copy the files that links point to. */
  readonly follow: boolean
  /** Where a member goes in the stage; `undefined` if nobody asked for it. */
  place(parts: readonly string[]): readonly string[] | undefined
  /** The name in the archive of what is in the stage. */
  nameOf(parts: readonly string[]): string
  /** The path in the task, for a name of the archive. */
  pathOf(name: string): string
}

/** Puts sources of one folder together. A folder that a link leads to, or whose content is meant, travels alone. */
export function groupSources(sources: readonly GroupedSource[]): readonly SourceGroup[] {
  const shared = new Map<string, GroupedSource[]>()
  const groups: SourceGroup[] = []
  for (const source of sources) {
    if (nameOf(source.path) === '' || (source.kind === 'folder' && source.linked))
      groups.push(contentOf(source))
    else {
      const key = `${source.linked}:${folderOf(source.path)}`
      const list = shared.get(key) ?? []
      list.push(source)
      shared.set(key, list)
    }
  }
  return [...groups, ...[...shared.values()].map(named)]
}

function contentOf({ path, entry }: GroupedSource): SourceGroup {
  return {
    folder: path,
    names: ['.'],
    entries: [entry],
    follow: false,
    place: (parts) => [entry, ...parts],
    nameOf: ([, ...rest]) => rest.join('/'),
    pathOf: (name) => pathIn(path, name),
  }
}

function named(sources: readonly GroupedSource[]): SourceGroup {
  const folder = folderOf(sources[0]?.path ?? '.')
  const entries = new Map(sources.map(({ path, entry }) => [nameOf(path), entry]))
  const names = new Map([...entries].map(([name, entry]) => [entry, name]))
  return {
    folder,
    names: [...entries.keys()],
    entries: [...entries.values()],
    follow: sources[0]?.linked ?? false,
    place([name = '', ...rest]) {
      const entry = entries.get(name)
      return entry === undefined ? undefined : [entry, ...rest]
    },
    nameOf: ([entry = '', ...rest]) => [names.get(entry) ?? entry, ...rest].join('/'),
    pathOf: (name) => pathIn(folder, name),
  }
}

function folderOf(path: string): string {
  const bare = path.replace(/\/+$/, '')
  const at = bare.lastIndexOf('/')
  return at < 0 ? '.' : bare.slice(0, at) || '/'
}

function pathIn(folder: string, name: string): string {
  const bare = name.replace(/^\.\//, '')
  if (bare === '' || bare === '.') return folder
  return folder === '.' || bare.startsWith('/') ? bare : join(folder, bare)
}

/** What stands at a path, links followed. */
export type Standing = 'folder' | 'file' | 'other' | 'nothing'

export interface Destination {
  /** As the user typed it. */
  readonly path: string
  readonly standing: Standing
}

/** One of the files or folders to copy. */
export interface SourceItem {
  readonly path: string
  readonly isFolder: boolean
}

/** Where a source arrives: a path, or the reason why it cannot be copied. */
export type Landing = { readonly path: string } | { readonly problem: string }

/** The rules of `cp -r`: into a folder that exists; otherwise the destination is the new name. */
export function landings(sources: readonly SourceItem[], destination: Destination): readonly Landing[] {
  const taken = new Set<string>()
  return sources.map((source) => {
    const landing = land(source, destination, sources.length)
    if ('problem' in landing) return landing
    // Two folders whose content goes into one place are merged.
    if (taken.has(landing.path) && nameOf(source.path) !== '') {
      return { problem: `another source of this name already goes to ${landing.path}` }
    }
    taken.add(landing.path)
    return landing
  })
}

function land({ path, isFolder }: SourceItem, { path: to, standing }: Destination, count: number): Landing {
  const name = nameOf(path)
  if (standing === 'folder') return { path: name === '' ? to : join(to, name) }
  if (count > 1) return { problem: `the destination ${to} is not a folder, and there are several sources` }
  if (standing === 'nothing') {
    if (!isFolder && /[/\\]$/.test(to)) return { problem: `there is no folder ${to}` }
    return { path: to }
  }
  if (isFolder || to.endsWith('/')) return { problem: `the destination ${to} is not a folder` }
  return { path: to }
}

/** The last part of a path. It is empty for `.`, `..`, `/` and `DIR/.`, because their content is meant. */
export function nameOf(path: string): string {
  const name = path.replace(/[/]+$/, '').split('/').at(-1) ?? ''
  return name === '.' || name === '..' || name === '~' ? '' : name
}

export function join(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`
}

import { join, landings, nameOf, type Standing } from '../../../core/copy/landing.ts'
import { MISSING, NO_FILE_NOR_FOLDER } from '../../../core/copy/reasons.ts'
import type { LocalItem } from '../../ports/files.ts'
import type { CopyWay } from './copy-way.ts'
import type { CopyWork } from './copy-work.ts'

/** A file or folder of this machine, or stdin, and where it goes. */
export interface Departure {
  /** `-` is stdin. */
  readonly path: string
  readonly item: LocalItem
  /** A path in the task. */
  readonly landing: string
  /** Its name in our folder in the task. */
  readonly entry: string
}

/** Copies from here to the task. It arrives in a folder of ours next to the destination, and is then moved into place. */
export async function upload(work: CopyWork, way: CopyWay): Promise<void> {
  const found = await findItems(work)
  if (found.length === 0) return
  const standing = await way.lookThere(work)
  if (standing === undefined) return
  const departures = departuresOf(found, standing, work)
  if (departures.length === 0) return
  const stage = stagePath(standing, work)
  let moved = false
  try {
    const moves = await way.send(departures, stage, work)
    if (moves.length === 0) return
    const refused = await way.moveIntoPlace(stage, moves, work)
    moved = true
    for (const { path, reason } of refused)
      work.problems.tell({ path: landingOf(path, stage, departures), reason })
  } finally {
    if (!moved) await way.removeStage(stage, work)
  }
}

type Found = { readonly path: string; readonly item: LocalItem }

const STDIN: LocalItem = { standing: 'file', size: 0, mode: 0o644, mtime: 0, path: '-' }

async function findItems({ planned, files, problems }: CopyWork): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const path of planned.sources) {
    try {
      const item = path === '-' ? STDIN : await files.look(path)
      if (item.standing === 'nothing') problems.tell({ path, reason: MISSING })
      else if (item.standing === 'other') problems.tell({ path, reason: NO_FILE_NOR_FOLDER })
      else found.push({ path, item })
    } catch (error) {
      problems.tellError(path, error)
    }
  }
  return found
}

function departuresOf(
  found: readonly Found[],
  standing: Standing,
  { planned, problems }: CopyWork,
): readonly Departure[] {
  const sources = found.map(({ path, item }) => ({
    path: slashed(path),
    isFolder: item.standing === 'folder',
  }))
  const destination = { path: planned.destination, standing }
  return landings(sources, destination).flatMap((landing, index) => {
    const one = found[index]
    if (!one) return []
    if (one.path === '-' && standing === 'folder') {
      problems.tell({ path: planned.destination, reason: 'It is a folder, and stdin needs a file name' })
      return []
    }
    if ('path' in landing) return [{ ...one, landing: landing.path, entry: String(index) }]
    problems.tell({ path: one.path, reason: landing.problem })
    return []
  })
}

/** Paths of Windows, for the rules about names. */
function slashed(path: string): string {
  return /^[A-Za-z]:\\/.test(path) ? path.replaceAll('\\', '/') : path
}

function stagePath(standing: Standing, { planned, session }: CopyWork): string {
  const { destination } = planned
  const name = `.fargate-login-${session}`
  return join(standing === 'folder' ? destination : folderOf(destination), name)
}

export function folderOf(path: string): string {
  const bare = path.replace(/\/+$/, '')
  const at = bare.lastIndexOf('/')
  if (at < 0) return '.'
  return at === 0 ? '/' : bare.slice(0, at)
}

/** The user's path for a path in our folder. */
function landingOf(name: string, stage: string, departures: readonly Departure[]): string {
  if (!name.startsWith(`${stage}/`)) return name
  const [entry, ...rest] = name.slice(stage.length + 1).split('/')
  const landing = departures.find((one) => one.entry === entry)?.landing
  return [landing ?? nameOf(name), ...rest].join('/')
}

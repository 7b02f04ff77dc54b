import { listSources } from '../../../core/copy/remote-scripts.ts'
import type { CopyWork } from './copy-work.ts'
import { noAnswer } from './no-answer.ts'

/** A file or folder in the task that the user named, or that a wildcard matched. */
export interface RemoteSource {
  readonly path: string
  /** `stream`: it has content and no size, as in /proc. */
  readonly kind: 'file' | 'folder' | 'stream'
  /** The user named a link to it. */
  readonly linked: boolean
  /** Nothing else was named or matched, not even what is missing. */
  readonly sole?: boolean
  /** Known of the sole source. */
  readonly facts?: { readonly size: number; readonly mtime: number; readonly mode: number }
}

/** Asks what the sources are. What is not there, and what cannot be copied, is told. */
export async function findSources({ planned, again, problems }: CopyWork): Promise<readonly RemoteSource[]> {
  const answer = await again((shell) => shell.ask(listSources(planned.sources)))
  const fields = answer.stdout.split('\0')
  // A server that runs something else instead of the script says nothing.
  if (answer.status !== 0 || fields.length % 3 !== 1 || fields.length === 1)
    throw noAnswer('list the files', answer)
  const sole = fields.length === 4
  const sources: RemoteSource[] = []
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [kind = '', facts = '', path = ''] = fields.slice(at, at + 3)
    if (kind === 'nothing')
      problems.tell({ path, reason: / ?([^:]+)$/.exec(facts.trim())?.[1] ?? 'It does not exist' })
    else if (kind === 'other') problems.tell({ path, reason: 'It is neither a file nor a folder' })
    else sources.push({ ...source(kind, facts, path), sole })
  }
  return sources
}

function source(kind: string, facts: string, path: string): RemoteSource {
  const [size, mtime, mode] = facts.split(' ')
  const bare = kind.replace(/^linked-/, '')
  return {
    path,
    kind: bare === 'folder' || bare === 'stream' ? bare : 'file',
    linked: bare !== kind,
    ...(size &&
      mtime &&
      mode && {
        facts: { size: Number(size), mtime: Number(mtime), mode: Number.parseInt(mode, 8) & 0o777 },
      }),
  }
}

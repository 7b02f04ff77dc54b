import { NO_FILE_NOR_FOLDER } from '../../../../core/copy/reasons.ts'
import { listSources } from '../../../../core/copy/scripts/sources.ts'
import type { CopyWork } from '../copy-work.ts'
import type { RemoteSource } from '../remote-source.ts'
import { noAnswer } from './no-answer.ts'

/** Asks what the sources are. What is not there, and what cannot be copied, is reported. */
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
    else if (kind === 'other') problems.tell({ path, reason: NO_FILE_NOR_FOLDER })
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

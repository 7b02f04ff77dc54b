import { join } from '../../../../core/copy/landing.ts'
import { nameProblem } from '../../../../core/copy/listed-name.ts'
import { SftpError } from '../../../../core/copy/sftp-error.ts'
import { type PatternPart, patternParts } from '../../../../core/copy/wildcards.ts'
import type { Sftp } from '../../../ports/sftp.ts'

/** The paths that match a pattern, sorted. If none does, it is the pattern's own text, as in sh. */
export async function expandPattern(sftp: Sftp, pattern: string): Promise<readonly string[]> {
  const parts = patternParts(pattern)
  const first = parts.findIndex(({ kind }) => kind === 'wildcard')
  if (first < 0) return [textOf(parts)]
  let paths = [textOf(parts.slice(0, first))]
  for (const [at, part] of parts.entries()) {
    if (at < first) continue
    const further = await Promise.all(
      paths.map((path) =>
        part.kind === 'name' ? existing(sftp, path, part.text) : matching(sftp, path, part),
      ),
    )
    paths = further.flat()
  }
  return paths.length > 0 ? paths : [pattern]
}

/** The first part of an absolute path is the empty name. */
function textOf(parts: readonly PatternPart[]): string {
  const text = parts.map((part) => (part.kind === 'name' ? part.text : '')).join('/')
  return text === '' && parts.length === 1 ? '/' : text
}

async function existing(sftp: Sftp, folder: string, name: string): Promise<readonly string[]> {
  const path = join(folder, name)
  const facts = await orNothing(sftp.look(path, name === '' ? 'follow' : 'keep'))
  return facts && (name !== '' || facts.kind === 'folder') ? [path] : []
}

async function matching(
  sftp: Sftp,
  folder: string,
  { matches }: Extract<PatternPart, { kind: 'wildcard' }>,
): Promise<readonly string[]> {
  const entries = (await orNothing(sftp.list(folder === '' ? '.' : folder))) ?? []
  return entries
    .map(({ name }) => name)
    .filter((name) => nameProblem(name) === undefined && matches(name))
    .sort()
    .map((name) => (folder === '' ? name : join(folder, name)))
}

/** What cannot be looked at matches nothing. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof SftpError) return undefined
    throw error
  }
}

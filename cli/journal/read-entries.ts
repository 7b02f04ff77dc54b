import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FargateLoginError } from '../core/error.ts'
import { parseJournalEntry } from '../core/journal/journal-entry.ts'
import { type NotedSession, ownerState } from '../core/journal/owner-state.ts'
import { startTimeOf, surroundings } from './process-identity.ts'

/** Receives a file that cannot be read, and why. */
type OnDamage = (file: string, reason: string) => void

/**
 * Reads all entries of the journal, oldest first.
 * @throws FargateLoginError `journal-unreadable`
 */
export async function readEntries(directory: string, onDamage: OnDamage): Promise<readonly NotedSession[]> {
  const names = await readNames(directory)
  const files = names.filter((name) => name.endsWith('.json')).map((name) => join(directory, name))
  const found = await Promise.all(files.map((file) => readEntry(file, onDamage)))
  return found
    .filter((noted) => noted !== undefined)
    .toSorted((a, b) => a.entry.createdAt.localeCompare(b.entry.createdAt))
}

/** Without the directory, there has been no session yet. Anything else may hide sessions. */
async function readNames(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    throw new FargateLoginError(
      'journal-unreadable',
      `The session journal cannot be read: ${directory}: ${message}.`,
      {
        hint: 'It has the sessions of this machine. Make the directory readable, or set XDG_STATE_HOME as before.',
        cause: error,
      },
    )
  }
}

/** Skips an unreadable file, because it may come from a later version or a full disk. */
async function readEntry(file: string, onDamage: OnDamage): Promise<NotedSession | undefined> {
  try {
    const entry = parseJournalEntry(await readFile(file, 'utf8'))
    if (entry && file.endsWith(`/${entry.session}.json`)) {
      const startTime = await startTimeOf(entry.owner.pid)
      return { entry, owner: ownerState(entry.owner, await surroundings(), startTime) }
    }
    onDamage(file, 'it is not an entry of the session journal that this version can read.')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // Another process has just ended its session.
    if (code !== 'ENOENT') onDamage(file, `${message}.`)
  }
  return undefined
}

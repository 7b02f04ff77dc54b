import { hasCode } from '../../core/error.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import type { Journal } from '../ports/journal.ts'
import type { Ports } from '../ports/ports.ts'

/** Those that a warning has been about. */
const WARNED = new WeakSet<Journal>()

/** Reads the journal for a command that can do without it. If it cannot be read, one warning says so. */
export async function readJournalOrWarn({
  journal,
  reporter,
}: Pick<Ports, 'journal' | 'reporter'>): Promise<readonly NotedSession[]> {
  try {
    return await journal.read()
  } catch (error) {
    if (!hasCode(error, 'journal-unreadable')) throw error
    if (!WARNED.has(journal)) {
      reporter.warn(`${error.message} What this machine left running or left behind may be missing here.`)
    }
    WARNED.add(journal)
    return []
  }
}

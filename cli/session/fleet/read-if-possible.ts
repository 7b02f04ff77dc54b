import { hasCode } from '../../core/error.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import type { Journal } from '../ports/journal.ts'

/** The journal itself warns when the session is written. */
export async function readIfPossible(journal: Pick<Journal, 'read'>): Promise<readonly NotedSession[]> {
  try {
    return await journal.read()
  } catch (error) {
    if (hasCode(error, 'journal-unreadable')) return []
    throw error
  }
}

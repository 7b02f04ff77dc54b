import { FargateLoginError } from '../../core/error.ts'
import type { DetachedEntry, JournalEntry } from '../../core/journal/journal-entry.ts'
import { chooseTask } from '../../core/task/choose-task.ts'
import type { Ports } from '../ports/ports.ts'

/**
 * Finds a session that this machine started with `--detach`.
 * @param id of the session or its task, or the beginning of one
 * @throws FargateLoginError `usage` for an ambiguous ID, `session-unknown`, `journal-unreadable`
 */
export async function findDetached(id: string, { journal }: Pick<Ports, 'journal'>): Promise<DetachedEntry> {
  const noted = await journal.read()
  const detached = noted.map(({ entry }) => entry).filter(isDetached)
  const found = chooseTask(
    id,
    detached.map((entry) => ({ session: entry.session, arn: entry.taskArn, entry })),
  )
  if (found) return found.entry
  throw new FargateLoginError('session-unknown', `No session "${id}" was left running from this machine.`, {
    hint:
      detached.length === 0
        ? 'Only the machine that ran --detach has the key.'
        : `Sessions left running: ${detached.map(({ session }) => session).join(', ')}`,
  })
}

export function isDetached(entry: JournalEntry): entry is DetachedEntry {
  return entry.detached !== undefined && entry.taskArn !== undefined
}

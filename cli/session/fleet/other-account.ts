import { FargateLoginError } from '../../core/error.ts'
import type { JournalEntry } from '../../core/journal/journal-entry.ts'
import { arnAccount } from '../../core/task/task.ts'
import type { Ports } from '../ports.ts'

/**
 * In another account any task looks gone.
 * @throws FargateLoginError `session-unknown`
 */
export async function refuseOtherAccount(
  entry: JournalEntry,
  { sts }: Ports,
  cancel: AbortSignal,
): Promise<void> {
  const { session, account } = entry
  const own = arnAccount(await sts.callerArn(cancel))
  if (account === undefined || own === account) return
  throw new FargateLoginError(
    'session-unknown',
    `Session ${session} is of account ${account}, and these credentials are of account ${own}.`,
    { hint: 'Use those of the session: add --profile NAME, or set AWS_PROFILE.' },
  )
}

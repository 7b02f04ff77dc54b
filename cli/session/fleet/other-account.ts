import { FargateLoginError } from '../../core/error.ts'
import type { JournalEntry } from '../../core/journal/journal-entry.ts'
import { arnAccount } from '../../core/text/arn.ts'
import type { Ports } from '../ports/ports.ts'

/**
 * Refuses to look for a task with the credentials of another account, where every task looks gone.
 * @throws FargateLoginError `session-unknown`
 */
export async function refuseOtherAccount(
  entry: JournalEntry,
  { identity }: Pick<Ports, 'identity'>,
  cancel: AbortSignal,
): Promise<void> {
  const { session, account } = entry
  const own = arnAccount(await identity.callerArn(cancel))
  if (account === undefined || own === account) return
  throw new FargateLoginError(
    'session-unknown',
    `Session ${session} belongs to account ${account}; your credentials are for account ${own}.`,
    { hint: 'Use credentials for that account: add --profile NAME, or set AWS_PROFILE.' },
  )
}

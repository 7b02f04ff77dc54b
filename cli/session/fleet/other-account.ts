import { FargateLoginError } from '../../core/error.ts'
import type { JournalEntry } from '../../core/journal/journal-entry.ts'
import { arnAccount } from '../../core/text/arn.ts'
import type { Ports } from '../ports/ports.ts'

/**
 * In another account any task looks gone.
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
    `Session ${session} is of account ${account}, and these credentials are of account ${own}.`,
    { hint: 'Use those of the session: add --profile NAME, or set AWS_PROFILE.' },
  )
}

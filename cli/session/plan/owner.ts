import { hasCode } from '../../core/error.ts'
import type { Ports } from '../ports/ports.ts'
import { startAnswerLimit } from '../time-limit.ts'

/** A private subnet may have no route to STS, and only the owner tag depends on it. */
const STS_TIME_LIMIT_SECONDS = 5

/** The caller's ARN, or the local user's name if STS does not answer. */
export async function findOwner(
  { identity, reporter }: Pick<Ports, 'identity' | 'reporter'>,
  localUser: string,
  signal: AbortSignal,
): Promise<string> {
  using limit = startAnswerLimit('sts:GetCallerIdentity', STS_TIME_LIMIT_SECONDS, signal)
  try {
    return await identity.callerArn(limit.signal)
  } catch (error) {
    signal.throwIfAborted()
    if (hasCode(error, 'credentials-missing')) throw error
    reporter.debug(`STS does not identify you (${(error as Error).message}); using ${localUser} as the owner`)
    return localUser
  }
}

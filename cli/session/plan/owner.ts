import { hasCode } from '../../core/error.ts'
import type { Ports } from '../ports/ports.ts'
import { startAnswerLimit } from '../time-limit.ts'

/** A private subnet may have no route to STS, and nothing but the owner tag depends on it. */
const STS_TIME_LIMIT_SECONDS = 5

/** ARN of the caller, or the local user's name where STS does not say. */
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
    reporter.debug(`STS does not say who you are (${(error as Error).message}); owner is ${localUser}`)
    return localUser
  }
}

import { FargateLoginError } from '../../core/error.ts'
import type { Ports } from '../ports.ts'
import { startAnswerLimit } from '../time-limit.ts'

/** Seconds. A private subnet may have no route to STS, and nothing but the owner tag depends on it. */
const STS_TIME_LIMIT = 5

/** ARN of the caller, or the local user's name where STS does not say. */
export async function findOwner(
  ports: Pick<Ports, 'sts' | 'reporter'>,
  localUser: string,
  signal: AbortSignal,
): Promise<string> {
  using limit = startAnswerLimit('sts:GetCallerIdentity', STS_TIME_LIMIT, signal)
  try {
    return await ports.sts.callerArn(limit.signal)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof FargateLoginError && error.code === 'credentials-missing') throw error
    ports.reporter.debug(`STS does not say who you are (${(error as Error).message}); owner is ${localUser}`)
    return localUser
  }
}

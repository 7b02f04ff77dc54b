import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { AwsCredentialIdentity } from '@smithy/types'
import { FargateLoginError } from '../../core/error.ts'
import { foreignWords } from '../../core/text/foreign-words.ts'
import type { FetchContext } from './fetch-context.ts'
import type { ProcessSource } from './source.ts'

/**
 * Runs a credential_process with the shell. Its stdout is JSON; its stderr is shown if it fails.
 * @throws FargateLoginError `credentials-missing`
 */
export async function runProcess(
  { profile, command }: ProcessSource,
  { environment, signal }: Pick<FetchContext, 'environment' | 'signal'>,
): Promise<AwsCredentialIdentity> {
  const fail = (what: string, words = '') => {
    const message = `The credential_process of profile ${profile} ${what}${words && `: ${foreignWords(words)}`}`
    return new FargateLoginError('credentials-missing', message, { hint: `Try it by hand:\n${command}` })
  }
  signal.throwIfAborted()
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'], env: environment, signal })
  const [stdout, stderr, [status, killer]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]).catch((error: Error) => {
    signal.throwIfAborted()
    throw fail('cannot be run', error.message)
  })
  if (status !== 0) throw fail(`ended with ${killer ?? `status ${status}`}`, stderr)
  const identity = parse(stdout)
  if (typeof identity === 'string') throw fail(identity, stderr)
  return identity
}

/** @returns what is wrong, if anything is */
function parse(output: string): AwsCredentialIdentity | string {
  let given: Readonly<Record<string, unknown>>
  try {
    given = Object(JSON.parse(output))
  } catch {
    return 'printed something other than JSON'
  }
  const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given
  if (Version !== 1) return `printed Version ${JSON.stringify(Version)} instead of 1`
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return 'printed no keys'
  const expiration = typeof Expiration === 'string' ? new Date(Expiration) : undefined
  if (expiration && !(expiration.getTime() > Date.now())) {
    return `printed keys that have expired (${Expiration})`
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof SessionToken === 'string' && { sessionToken: SessionToken }),
    ...(expiration && { expiration }),
  }
}

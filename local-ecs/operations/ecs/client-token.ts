import type { Account, LaunchResult } from '../../account/account.ts'
import { invalidParameter, Refusal } from '../../protocol/refusal.ts'

export interface OnceInput {
  readonly cluster?: string | undefined
  readonly clientToken?: string | undefined
  /** The whole request: a repeat with the same token must be equal. */
  readonly request: string
}

/** Launches the tasks. If an equal request with the same token has launched already, its tasks are the answer. */
export async function once(
  account: Account,
  { cluster = 'default', clientToken, request }: OnceInput,
  launch: () => Promise<LaunchResult>,
): Promise<LaunchResult> {
  if (clientToken === undefined) return launch()
  checkClientToken(clientToken, 64)
  const key = `${cluster} ${clientToken}`
  const earlier = account.launches.get(key)
  if (earlier && earlier.request !== request) throw await conflict(earlier.result)
  if (earlier) return earlier.result
  // Stored before the launch, because a client repeats a call that takes too long.
  const result = launch()
  account.launches.set(key, { request, result })
  // A call that launched nothing can be repeated for real.
  const isVain = await result.then(
    ({ tasks }) => tasks.length === 0,
    () => true,
  )
  if (isVain) account.launches.delete(key)
  return result
}

/** @param longest in characters */
export function checkClientToken(clientToken: string, longest: number): void {
  if (clientToken.length >= 1 && clientToken.length <= longest && /^[\x21-\x7e]+$/.test(clientToken)) return
  throw invalidParameter(`clientToken must be 1 to ${longest} characters of ASCII 33 to 126.`)
}

async function conflict(earlier: Promise<LaunchResult>): Promise<Refusal> {
  const resourceIds = await earlier.then(
    ({ tasks }) => tasks.map(({ arn }) => arn),
    () => [],
  )
  return new Refusal('ConflictException', 'The specified client token was used with a different request.', {
    members: { resourceIds },
  })
}

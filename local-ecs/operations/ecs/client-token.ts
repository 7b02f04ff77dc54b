import type { Account, Launched } from '../../account/account.ts'
import { invalidParameter, Refusal } from '../../protocol/refusal.ts'

export interface Repeatable {
  readonly cluster?: string | undefined
  readonly clientToken?: string | undefined
  /** All of the request: with the same token it has to be the same. */
  readonly request: string
}

/** Launches, unless the same request with the same token has launched already: then its tasks are the answer. */
export async function once(
  account: Account,
  { cluster = 'default', clientToken, request }: Repeatable,
  launch: () => Promise<Launched>,
): Promise<Launched> {
  if (clientToken === undefined) return launch()
  if (!/^[\x21-\x7e]{1,64}$/.test(clientToken)) {
    throw invalidParameter('clientToken must be 1 to 64 characters of ASCII 33 to 126.')
  }
  const key = `${cluster} ${clientToken}`
  const earlier = account.launches.get(key)
  if (earlier && earlier.request !== request) throw await conflict(earlier.launched)
  if (earlier) return earlier.launched
  // Noted before it is done: a client repeats a call that takes long.
  const launched = launch()
  account.launches.set(key, { request, launched })
  // A call that launched nothing may be repeated for real.
  const isVain = await launched.then(
    ({ tasks }) => tasks.length === 0,
    () => true,
  )
  if (isVain) account.launches.delete(key)
  return launched
}

async function conflict(earlier: Promise<Launched>): Promise<Refusal> {
  const resourceIds = await earlier.then(
    ({ tasks }) => tasks.map(({ arn }) => arn),
    () => [],
  )
  return new Refusal('ConflictException', 'The specified client token was used with a different request.', {
    members: { resourceIds },
  })
}

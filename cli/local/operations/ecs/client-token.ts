import type { Account } from '../../account/account.ts'
import { invalidParameter, Refusal } from '../../protocol/refusal.ts'
import type { Task } from '../../task/task.ts'

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
  launch: () => Promise<readonly Task[]>,
): Promise<readonly Task[]> {
  if (clientToken === undefined) return launch()
  if (!/^[\x21-\x7e]{1,64}$/.test(clientToken)) {
    throw invalidParameter('clientToken must be 1 to 64 characters of ASCII 33 to 126.')
  }
  const key = `${cluster} ${clientToken}`
  const earlier = account.launches.get(key)
  if (earlier && earlier.request !== request) throw await conflict(earlier.tasks)
  if (earlier) return earlier.tasks
  // Noted before it is done: a client repeats a call that takes long.
  const tasks = launch()
  account.launches.set(key, { request, tasks })
  // A call that launched nothing may be repeated for real.
  tasks.catch(() => account.launches.delete(key))
  return tasks
}

async function conflict(earlier: Promise<readonly Task[]>): Promise<Refusal> {
  const tasks = await earlier.catch(() => [])
  return new Refusal('ConflictException', 'The specified client token was used with a different request.', {
    members: { resourceIds: tasks.map(({ arn }) => arn) },
  })
}

import { FargateLoginError } from '../../core/error.ts'
import type { ListedTask } from '../../core/task/listed-task.ts'
import { sessionOf } from '../../core/task/started-by.ts'
import type { Ports } from '../ports/ports.ts'

/** The ENIs of sessions with a public address. Only the price needs them, so an EC2 refusal is not an error. */
export async function findPublicIds(
  tasks: readonly ListedTask[],
  { addresses, reporter }: Pick<Ports, 'addresses' | 'reporter'>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const billed = tasks.filter((task) => task.size && sessionOf(task.startedBy) !== undefined)
  const ids = billed.map((task) => task.networkInterface.id).filter((id) => id !== undefined)
  try {
    return await addresses.withPublicIp(ids, signal)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof FargateLoginError)) throw error
    reporter.debug(`The costs do not include public addresses: ${error.message}`)
    return new Set()
  }
}

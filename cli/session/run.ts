import { exitStatus } from '../core/exit-status.ts'
import { findAddress } from './address.ts'
import { reachOf } from './connection.ts'
import { registerDerivation } from './derivation.ts'
import { detach } from './detach.ts'
import { Link } from './link.ts'
import { requestFor } from './neighbour.ts'
import type { Ports } from './ports.ts'
import type { Prepared } from './prepare.ts'
import { attend } from './session.ts'
import { startTask } from './start-task.ts'
import { startTimeLimit } from './time-limit.ts'

/**
 * The whole flow: does exactly what the plan says and always stops the task.
 * @returns the exit status for our caller
 * @throws FargateLoginError, or SuppressedError when the stop failed too
 */
export async function runSession(
  { plan: decided, keys }: Prepared,
  ports: Ports,
  cancel: AbortSignal,
): Promise<number> {
  const plan = await registerDerivation(decided, ports, cancel)
  await using task = await startTask(plan, ports, cancel)
  using limit = startTimeLimit(plan.timeoutSeconds, task.signal)
  const address = await findAddress(task, plan, ports, limit.signal)
  await using link = await Link.open(address, reachOf(plan, keys), ports, limit.signal)
  const remote = await requestFor({ task, connection: link.connection, plan }, ports, limit.signal)
  limit.end()
  if (plan.detach) return await detach({ task, link, remote, plan, address, keys }, ports)
  const status = exitStatus(await attend({ task, link, remote, plan }, ports))
  task.noteExit(status)
  return status
}

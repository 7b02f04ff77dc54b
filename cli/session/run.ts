import { exitStatus } from '../core/exit-status.ts'
import { findAddress } from './address.ts'
import { reachOf } from './connection.ts'
import { detach } from './detach.ts'
import { Link } from './link.ts'
import { requestFor } from './neighbour.ts'
import type { Ports } from './ports.ts'
import type { Prepared } from './prepare.ts'
import { startRegistered } from './registration.ts'
import { attend } from './session.ts'
import { startTimeLimit } from './time-limit.ts'

/**
 * The whole flow: does exactly what the plan says and always stops the task.
 * @returns the exit status for our caller
 * @throws FargateLoginError, or SuppressedError when the stop failed too
 */
export async function runSession(
  { plan, keys }: Prepared,
  ports: Ports,
  cancel: AbortSignal,
): Promise<number> {
  await using task = await startRegistered(plan, ports, cancel)
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

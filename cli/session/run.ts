import { exitStatus } from '../core/exit-status.ts'
import { attend } from './activities/attend.ts'
import { detach } from './activities/detach.ts'
import { requestFor } from './activities/enter.ts'
import { findAddress } from './link/address.ts'
import { reachOf } from './link/connection.ts'
import { Link } from './link/link.ts'
import type { Prepared } from './plan/prepare.ts'
import type { Ports } from './ports.ts'
import { startRegistered } from './task/registration.ts'
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

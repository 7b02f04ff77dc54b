import { FargateLoginError } from '../../core/error.ts'
import { exitStatus } from '../../core/exit-status.ts'
import type { DetachedSession } from '../../core/journal/journal-entry.ts'
import type { Address } from '../../core/link/address.ts'
import { HOLD_FEATURE, heldRequest } from '../../core/link/hold.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { RemoteRequest } from '../../core/plan/remote-request.ts'
import type { Link } from '../link/link.ts'
import type { Keys, Ports } from '../ports.ts'
import type { Task } from '../task/task.ts'
import { unattended } from './unattended.ts'

export interface Detaching {
  readonly task: Task
  readonly link: Link
  readonly remote: RemoteRequest
  readonly plan: Plan
  readonly address: Address
  readonly keys: Keys
}

/**
 * Starts the program on a terminal that the task holds, keeps what it takes to come back, and leaves.
 * @returns 0
 * @throws FargateLoginError `session-refused` where the image cannot hold a terminal, `journal-unwritable`
 */
export async function detach(
  { task, link, remote, plan, address, keys }: Detaching,
  ports: Ports,
): Promise<number> {
  const { session } = plan
  const { connection } = link
  if (!connection.features.has(HOLD_FEATURE)) throw cannotHold()
  const detached = noteOf(plan, address, connection.user)
  await ports.journal.detach({ plan, taskArn: task.watch.latest.arn, detached }, keys.user.privateKey)
  const request = heldRequest(remote, { name: session, keep: true, leave: true })
  const exit = await connection.run(request, unattended(ports.terminal), task.signal)
  if (exitStatus(exit) !== 0) throw notStarted(exitStatus(exit))
  task.leave()
  ports.reporter.done('session', `${session} goes on: fargate-login attach ${session}`)
  return 0
}

function noteOf({ ssh, container, ...plan }: Plan, address: Address, user: string): DetachedSession {
  return {
    address,
    user,
    key: ssh.key,
    ...(ssh.hostKey.policy === 'verify' && { hostKey: ssh.hostKey.fingerprint }),
    container,
    reconnectSeconds: plan.reconnectSeconds,
    ...(plan.centsPerHour !== undefined && { centsPerHour: plan.centsPerHour }),
  }
}

function notStarted(status: number): FargateLoginError {
  return new FargateLoginError(
    'session-refused',
    `The task did not start the program on a terminal (${status}).`,
    {
      hint: 'The line above, or the log of the task, says why.',
    },
  )
}

function cannotHold(): FargateLoginError {
  return new FargateLoginError('session-refused', 'The image cannot hold a terminal, which --detach needs.', {
    hint: 'Build it from the current sshd-image/ (docs/image.md), or use --inject with that toolkit.',
  })
}

import { FargateLoginError } from '../../core/error.ts'
import { exitStatus, type RemoteExit } from '../../core/exit-status.ts'
import { HOLD_FEATURE, heldRequest } from '../../core/link/hold.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { RemoteRequest } from '../../core/plan/remote-request.ts'
import type { Link } from '../link/link.ts'
import type { Ports } from '../ports.ts'
import type { Task } from '../task/task.ts'

export interface Attended {
  readonly task: Task
  readonly link: Link
  readonly remote: RemoteRequest
  readonly plan: Pick<Plan, 'session' | 'reconnectSeconds'>
  /** The program is held already, by an earlier session. */
  readonly again?: boolean
}

/**
 * Runs the remote session. A connection that breaks is opened again, for as long as the plan says: a terminal that the
 * far end holds goes on with its next byte. When the task goes away under it, ECS's reason is the error.
 * @throws FargateLoginError `task-stopped`, `connection-lost`, `session-refused`, or the user's cancel
 */
export async function attend({ again, ...attended }: Attended, ports: Ports): Promise<RemoteExit> {
  const { task, link, remote, plan } = attended
  task.watch.settle()
  const held =
    again || (remote.pty && plan.reconnectSeconds > 0 && link.connection.features.has(HOLD_FEATURE))
  let received = 0
  for (;;) {
    const request = held
      ? heldRequest(remote, { name: plan.session, from: again ? 'recent' : received })
      : remote
    const count = (bytes: number) => {
      received += bytes
    }
    try {
      const exit = await link.connection.run(request, ports.terminal, task.signal, count)
      if (mayBeTheTasksEnd(exit)) {
        ports.reporter.step('session', 'killed; asking ECS whether the task ends')
        await throwIfGone(task)
      }
      return exit
    } catch (error) {
      if (!(error instanceof FargateLoginError) || error.code !== 'connection-lost') throw error
      await comeBack(error, { ...attended, held }, ports)
    }
  }
}

interface Lost extends Attended {
  readonly held: boolean
}

/** Opens the link again, if there is something to come back to, while ECS is asked whether the task still runs. */
async function comeBack(
  error: FargateLoginError,
  { task, link, remote, plan, held }: Lost,
  { reporter, clock }: Ports,
): Promise<void> {
  const seconds = plan.reconnectSeconds
  // A command may have done half of its work; only its user knows whether it may run twice.
  const another = !held && remote.pty && remote.command === undefined
  if (seconds === 0 || !(held || another)) {
    reporter.step('session', 'the connection is lost; asking ECS why')
    throw (await task.watch.whyGone(task.signal)) ?? error
  }
  reporter.warn(`${error.message} Trying again for ${seconds} s; Ctrl-C gives up.`)
  const lostAt = clock.now()
  const gone = new AbortController()
  const asked = task.watch.whyGone(task.signal).then((reason) => reason && gone.abort(reason))
  asked.catch(() => {})
  await link.reopen(seconds, AbortSignal.any([task.signal, gone.signal]))
  const after = `${Math.ceil((clock.now() - lostAt) / 1000)} s`
  if (held) reporter.done('connection', `again after ${after}, to the terminal as it is`)
  else {
    reporter.warn(
      `Back after ${after}, in a new shell of the same task: the image cannot hold a terminal, so the old shell is gone, ` +
        'and with it what ran there in the foreground.',
    )
  }
}

/** A container that stops ends its sessions with these signals, which may reach us before ECS has news. */
function mayBeTheTasksEnd(exit: RemoteExit): boolean {
  return [129, 137, 143].includes(exitStatus(exit))
}

/** About seven seconds: ECS needs some to notice, and the command may just as well have been killed from inside. */
const TRIES = 8

async function throwIfGone(task: Task): Promise<void> {
  const error = await task.watch.whyGone(task.signal, TRIES)
  if (error) throw error
}

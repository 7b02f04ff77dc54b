import { FargateLoginError } from '../core/error.ts'
import { exitStatus, type RemoteExit } from '../core/exit-status.ts'
import type { RemoteRequest } from '../core/remote-request.ts'
import type { Connection, Ports } from './ports.ts'
import type { Task } from './task.ts'

/**
 * Runs the session. When the task goes away under it, ECS's reason is the error, not the broken connection.
 * @throws FargateLoginError `task-stopped`, `connection-lost`, `session-refused`, or the user's cancel
 */
export async function attend(
  task: Task,
  connection: Connection,
  request: RemoteRequest,
  ports: Ports,
): Promise<RemoteExit> {
  task.watch.settle()
  try {
    const exit = await connection.run(request, ports.terminal, task.signal)
    if (mayBeTheTasksEnd(exit)) {
      ports.reporter.step('session', 'killed; asking ECS whether the task ends')
      await throwIfGone(task)
    }
    return exit
  } catch (error) {
    if (!(error instanceof FargateLoginError) || error.code !== 'connection-lost') throw error
    ports.reporter.step('session', 'the connection is lost; asking ECS why')
    throw (await task.watch.whyGone(task.signal)) ?? error
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

import { FargateLoginError } from '../core/error.ts'
import type { RemoteExit } from '../core/exit-status.ts'
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
    // A stopping container ends its sessions with a signal, which may reach us before ECS's news.
    if ('signal' in exit || exit.code > 128) await throwIfGone(task)
    return exit
  } catch (error) {
    if (!(error instanceof FargateLoginError) || error.code !== 'connection-lost') throw error
    ports.reporter.step('session', 'the connection is lost; asking ECS why')
    throw (await task.watch.whyGone(task.signal)) ?? error
  }
}

async function throwIfGone(task: Task): Promise<void> {
  const error = await task.watch.goneNow(task.signal)
  if (error) throw error
}

import { FargateLoginError } from '../core/error.ts'
import type { Plan } from '../core/plan.ts'
import type { RemoteRequest } from '../core/remote-request.ts'
import type { Ports } from './ports.ts'
import type { Task } from './task.ts'
import { isTimeOut } from './time-limit.ts'

/**
 * What to ask of sshd so that the session is in the container that the plan wants to enter, once that runs.
 * @throws FargateLoginError `time-out` when it does not run in time
 */
export async function requestFor(
  task: Task,
  { remote, enter }: Plan,
  { reporter }: Pick<Ports, 'reporter'>,
  signal: AbortSignal,
): Promise<RemoteRequest> {
  if (enter === undefined) return remote
  reporter.step('session', `waiting for container ${enter}`)
  try {
    for await (const { containers } of task.watch.snapshots(signal)) {
      const neighbour = containers.find(({ name }) => name === enter)
      if (neighbour?.runtimeId === undefined || neighbour.lastStatus !== 'RUNNING') continue
      return { ...remote, environment: { FARGATE_LOGIN_ENTER: `${enter}:${neighbour.runtimeId}` } }
    }
  } catch (error) {
    if (!isTimeOut(error)) throw error
    const message = `Container ${enter} does not run: ${(error as Error).message}`
    throw new FargateLoginError('time-out', message, {
      hint: 'Its own log says why; without --enter the session is in the container that runs sshd.',
    })
  }
  throw signal.reason
}

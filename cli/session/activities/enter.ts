import { FargateLoginError } from '../../core/error.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { RemoteRequest } from '../../core/plan/remote-request.ts'
import { containerFacts } from '../../core/task/stop-reason.ts'
import type { TaskContainer } from '../../core/task/task.ts'
import type { Connection, Ports } from '../ports.ts'
import type { Task } from '../task/task.ts'
import { isTimeOut } from '../time-limit.ts'

export interface Entrance {
  readonly task: Task
  readonly connection: Connection
  readonly plan: Plan
}

/**
 * What to ask of sshd so that the session is in the container that the plan wants to enter, once that runs.
 * @throws FargateLoginError `session-refused` when it has ended, or the image cannot enter it; `time-out` when it does
 * not run in time
 */
export async function requestFor(
  { task, connection, plan: { remote, enter, container } }: Entrance,
  { reporter }: Pick<Ports, 'reporter'>,
  signal: AbortSignal,
): Promise<RemoteRequest> {
  if (enter === undefined) return remote
  // An sshd that does not know the variable drops it, and the session would be in the wrong container.
  if (!connection.features.has('enter')) throw cannotEnter(container)
  reporter.step('session', `waiting for container ${enter}`)
  try {
    for await (const { containers } of task.watch.snapshots(signal)) {
      const neighbour = containers.find(({ name }) => name === enter)
      if (neighbour?.lastStatus === 'STOPPED') throw hasEnded(neighbour)
      if (neighbour?.runtimeId === undefined || neighbour.lastStatus !== 'RUNNING') continue
      return { ...remote, environment: { FARGATE_LOGIN_ENTER: `${enter}:${neighbour.runtimeId}` } }
    }
  } catch (error) {
    if (!isTimeOut(error)) throw error
    const message = `Container ${enter} does not run: ${(error as Error).message}`
    throw new FargateLoginError('time-out', message, { hint: `${ITS_LOG} ${WITHOUT}` })
  }
  throw signal.reason
}

const ITS_LOG = 'Its own log says why;'
const WITHOUT = 'without --enter the session is in the container that runs sshd.'

function cannotEnter(container: string): FargateLoginError {
  const fact = `The image of container ${container} does not say that it can enter another one.`
  return new FargateLoginError('session-refused', fact, {
    hint: `Rebuild the image from sshd-image/ and push it (docs/inject.md#sidecar); ${WITHOUT}`,
  })
}

function hasEnded(neighbour: TaskContainer): FargateLoginError {
  const facts = containerFacts(neighbour).join(', ') || 'ECS gives no reason'
  return new FargateLoginError('session-refused', `Container ${neighbour.name} has ended: ${facts}`, {
    hint: `${ITS_LOG} ${WITHOUT}`,
  })
}

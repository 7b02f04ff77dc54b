import { FargateLoginError } from '../../core/error.ts'
import type { Plan } from '../../core/plan/plan.ts'
import { containerFacts } from '../../core/task/stop-reason.ts'
import type { TaskContainer } from '../../core/task/task.ts'
import type { Link } from '../link/link.ts'
import type { Ports } from '../ports/ports.ts'
import type { Task } from '../task/task.ts'
import { isTimeOut } from '../time-limit.ts'

/**
 * Waits until the container that the plan wants to enter runs.
 * @returns the variables that have sshd open sessions in it; none where the session stays in sshd's own container
 * @throws FargateLoginError `session-refused` when it has ended, or the image cannot enter it; `time-out` when it does
 * not run in time
 */
export async function enter(
  { enter: name, reach }: Pick<Plan, 'enter' | 'reach'>,
  { task, link }: { readonly task: Task; readonly link: Link },
  { reporter }: Pick<Ports, 'reporter'>,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  if (name === undefined) return {}
  // An sshd that does not know the variable drops it, and the session would be in the wrong container.
  if (!link.connection.features.has('enter')) throw cannotEnter(reach.container)
  reporter.step('session', `waiting for container ${name}`)
  try {
    for await (const { containers } of task.watch.snapshots(signal)) {
      const container = containers.find((one) => one.name === name)
      if (container?.lastStatus === 'STOPPED') throw hasEnded(container)
      if (container?.runtimeId === undefined || container.lastStatus !== 'RUNNING') continue
      reporter.done('session', `container ${name} runs`)
      return { FARGATE_LOGIN_ENTER: `${name}:${container.runtimeId}` }
    }
  } catch (error) {
    if (!isTimeOut(error)) throw error
    const message = `Container ${name} does not run: ${(error as Error).message}`
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

function hasEnded(container: TaskContainer): FargateLoginError {
  const facts = containerFacts(container).join(', ') || 'ECS gives no reason'
  return new FargateLoginError('session-refused', `Container ${container.name} has ended: ${facts}`, {
    hint: `${ITS_LOG} ${WITHOUT}`,
  })
}

import { FargateLoginError } from '../../core/error.ts'
import type { Plan } from '../../core/plan/plan.ts'
import { containerFacts } from '../../core/task/stop-reason.ts'
import type { TaskContainer } from '../../core/task/task.ts'
import type { Link } from '../link/link.ts'
import type { Ports } from '../ports/ports.ts'
import type { Task } from '../task/task.ts'
import { isTimeOut } from '../time-limit.ts'

/**
 * Waits until the container that the plan enters is running.
 * @returns the variables that make sshd open sessions in it; empty if the session stays in sshd's own container
 * @throws FargateLoginError `session-refused` if the container has ended or the image does not support it; `time-out`
 * if the container does not start in time
 */
export async function enter(
  { enter: name, reach, timeoutSeconds }: Pick<Plan, 'enter' | 'reach' | 'timeoutSeconds'>,
  { task, link }: { readonly task: Task; readonly link: Link },
  { reporter }: Pick<Ports, 'reporter'>,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  if (name === undefined) return {}
  // An sshd that does not know the variable drops it, and would open the session in the wrong container.
  if (!link.connection.features.has('enter')) throw cannotEnter(reach.container)
  reporter.step('session', `Waiting for container ${name} to run`)
  try {
    for await (const { containers } of task.watch.snapshots(signal)) {
      const container = containers.find((one) => one.name === name)
      if (container?.lastStatus === 'STOPPED') throw hasEnded(container)
      if (container?.runtimeId === undefined || container.lastStatus !== 'RUNNING') continue
      reporter.done('session', `Container ${name} is running`)
      return { FARGATE_LOGIN_ENTER: `${name}:${container.runtimeId}` }
    }
  } catch (error) {
    if (!isTimeOut(error)) throw error
    const fact = `Container ${name} did not start within ${timeoutSeconds} s.`
    throw new FargateLoginError('time-out', fact, { hint: HINT, cause: error })
  }
  throw signal.reason
}

const WITHOUT = 'Without --enter, the session opens in the container that runs sshd.'
const HINT = `See the container's own log for the reason. ${WITHOUT}`

function cannotEnter(container: string): FargateLoginError {
  const fact = `The image of container ${container} does not support --enter.`
  return new FargateLoginError('session-refused', fact, {
    hint: `Rebuild the image from sshd-image/ and push it (docs/inject.md#sidecar). ${WITHOUT}`,
  })
}

function hasEnded(container: TaskContainer): FargateLoginError {
  const facts = containerFacts(container).join(', ') || 'ECS gives no reason'
  return new FargateLoginError('session-refused', `Container ${container.name} has ended: ${facts}`, {
    hint: HINT,
  })
}

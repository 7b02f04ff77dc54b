import { afterUse, type Ending } from '../../core/plan/activity.ts'
import type { Ports } from '../ports/ports.ts'
import type { ActivityInput } from './activity.ts'
import { attend } from './attend.ts'
import { copy } from './copy/copy.ts'
import { detach } from './detach.ts'
import { forward } from './forward.ts'
import { proxy } from './proxy.ts'

/** Runs the plan's activity. Each kind has its own file. */
export async function perform(input: ActivityInput, ports: Ports): Promise<Ending> {
  const { activity } = input.plan
  switch (activity.kind) {
    case 'attend':
      return attend(activity.program, input, ports)
    case 'up':
      return { status: 0, task: afterUse(input.plan) }
    case 'proxy':
      return proxy(activity.target, input, ports)
    case 'forward':
      return forward(activity, input, ports)
    case 'detach':
      return detach(activity.program, input, ports)
    case 'copy':
      return copy(activity.copy, input, ports)
  }
}

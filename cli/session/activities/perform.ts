import type { Ending } from '../../core/plan/activity.ts'
import type { Ports } from '../ports/ports.ts'
import type { ActivityInput } from './activity.ts'
import { attend } from './attend.ts'
import { copy } from './copy/copy.ts'
import { detach } from './detach.ts'

/** Runs the plan's activity. Each kind has its own file. */
export function perform(input: ActivityInput, ports: Ports): Promise<Ending> {
  const { activity } = input.plan
  switch (activity.kind) {
    case 'attend':
      return attend(activity.program, input, ports)
    case 'detach':
      return detach(activity.program, input, ports)
    case 'copy':
      return copy(activity.copy, input, ports)
  }
}

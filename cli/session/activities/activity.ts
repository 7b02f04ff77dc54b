import type { Forward } from '../../core/forward/forward.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { Link } from '../link/link.ts'
import type { Terminal } from '../ports/terminal.ts'
import type { Task } from '../task/task.ts'

/** The input of every activity. */
export interface ActivityInput<P = Plan> {
  readonly plan: P
  readonly task: Task
  readonly link: Link
  readonly terminal: Terminal
  /** Tells this command from others in the same task. */
  readonly name: string
  /** The forwards that are up, with the ports that were chosen. */
  readonly forwards: readonly Forward[]
  /** Variables that sshd is asked to set for every program. */
  readonly environment: Readonly<Record<string, string>>
}

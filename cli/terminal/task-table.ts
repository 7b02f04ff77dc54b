import { ageOf, type SessionTask } from '../core/task/listed-task.ts'
import { centsFor, formatCents } from '../core/task/price.ts'
import { arnName } from '../core/text/arn.ts'
import { formatDuration } from '../core/text/duration.ts'
import type { Colours } from './colour.ts'
import { table } from './table.ts'

export interface TaskTableOptions {
  /** For tasks of several people. */
  readonly withOwner: boolean
  readonly colours: Colours
  readonly now: Date
}

/** Live sessions as text, one per line. */
export function taskTable(tasks: readonly SessionTask[], options: TaskTableOptions): string {
  const { withOwner, colours, now } = options
  const rows = tasks.map((task) => {
    const { session, arn, owner, lastStatus, taskDefinition, container } = task
    const seconds = ageOf(task, now)
    return [
      session,
      arnName(arn),
      ...(withOwner ? [owner ?? ''] : []),
      lastStatus,
      seconds === undefined ? '' : formatDuration(seconds),
      costText(task, seconds),
      container === undefined ? taskDefinition : `${taskDefinition}/${container}`,
    ]
  })
  return table(
    ['ID', 'TASK', ...(withOwner ? ['OWNER'] : []), 'STATUS', 'AGE', 'COST', 'WHAT'],
    rows,
    colours,
  )
}

function costText({ centsPerHour }: SessionTask, seconds: number | undefined): string {
  if (centsPerHour === undefined || seconds === undefined) return ''
  return formatCents(centsFor(centsPerHour, seconds))
}

import { ageOf, type SessionTask } from '../core/task/listed-task.ts'
import { centsFor, formatCents } from '../core/task/price.ts'
import { arnName } from '../core/text/arn.ts'
import { formatAge } from '../core/text/duration.ts'
import type { Colours } from './colour.ts'
import type { Glyphs } from './glyphs.ts'
import { table } from './table.ts'

export interface TaskTableOptions {
  /** For tasks of several people. */
  readonly withOwner: boolean
  /** Task IDs and whole names of owners, as on a wide terminal. */
  readonly verbose?: boolean
  /** Sessions that stay when their user leaves: `detached`, `kept until 14:05`. */
  readonly kept: ReadonlyMap<string, string>
  readonly colours: Colours
  readonly glyphs: Glyphs
  /** The width of the terminal; absent: nothing is cut. */
  readonly columns?: number | undefined
  readonly now: Date
}

/** From this width on, a terminal has room for task IDs. */
const WIDE = 120

/** Live sessions as text, one per line. */
export function taskTable(tasks: readonly SessionTask[], options: TaskTableOptions): string {
  const { withOwner, verbose, kept, colours, glyphs, columns, now } = options
  const wide = verbose || (columns !== undefined && columns >= WIDE)
  const rows = tasks.map((task) => {
    const { session, arn, owner = '', lastStatus, taskDefinition, container } = task
    const seconds = ageOf(task, now)
    return [
      session,
      ...(wide ? [arnName(arn)] : []),
      container === undefined ? taskDefinition : `${taskDefinition}/${container}`,
      lastStatus,
      seconds === undefined ? '' : formatAge(seconds),
      costOf(task, seconds),
      ...(withOwner ? [wide ? owner : arnName(owner)] : []),
      kept.get(session) ?? '',
    ].map(glyphs.fit)
  })
  const titles = ['ID', ...(wide ? ['TASK'] : []), 'WHAT', 'STATUS', 'AGE', 'COST']
  const header = [...titles, ...(withOwner ? ['OWNER'] : []), 'KEPT']
  const shrinks = ['WHAT', 'OWNER']
  return table({ header, rows, colours, columns, shrinks, ellipsis: glyphs.ellipsis })
}

function costOf({ centsPerHour }: SessionTask, seconds: number | undefined): string {
  if (centsPerHour === undefined || seconds === undefined) return ''
  return formatCents(centsFor(centsPerHour, seconds))
}

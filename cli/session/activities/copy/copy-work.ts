import type { PlannedCopy } from '../../../core/copy/plan-copy.ts'
import type { Files } from '../../ports/files.ts'
import type { Reporter } from '../../ports/reporter.ts'
import type { Terminal } from '../../ports/terminal.ts'
import type { Again } from './again.ts'
import type { Meter } from './meter.ts'
import type { Problems } from './problems.ts'

/** What the steps of a copy share. */
export interface CopyWork {
  readonly planned: PlannedCopy
  readonly files: Files
  readonly problems: Problems
  readonly meter: Meter
  readonly again: Again
  /** Runs a script to tidy up, for some seconds at most, even after a cancel. It never fails. */
  cleanUp(script: string): Promise<void>
  readonly reporter: Reporter
  readonly terminal: Terminal
  /** Names our folder in the task. */
  readonly session: string
}

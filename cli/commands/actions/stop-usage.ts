import picocolors from 'picocolors'
import { FargateLoginError } from '../../core/error.ts'
import { adviceText, ownCommand } from '../../core/text/paste.ts'
import { findLiveTasks } from '../../session/fleet/live-tasks.ts'
import type { StopContext } from '../../session/fleet/stop.ts'
import { type TaskTableOptions, taskTable } from '../../terminal/task-table.ts'

/** What the table of live tasks has to fit. */
export type Screen = Pick<TaskTableOptions, 'columns' | 'glyphs'>

/** Explains `stop` without arguments, with the live tasks to choose from if AWS lists them. */
export async function stopUsage(
  context: StopContext,
  screen: Screen,
  cancel: AbortSignal,
): Promise<FargateLoginError> {
  const choice = await findChoice(context, screen, cancel)
  return new FargateLoginError('usage', 'stop needs an ID, a target, --mine, --all or --dead.', {
    hint: choice,
  })
}

async function findChoice(context: StopContext, screen: Screen, cancel: AbortSignal): Promise<string> {
  const { cluster, ports } = context
  try {
    const { tasks } = await findLiveTasks(context, ports, cancel)
    if (tasks.length === 0) return `There are no live sessions on cluster ${cluster}.`
    const options = {
      ...screen,
      withOwner: true,
      kept: new Map(),
      colours: picocolors.createColors(false),
      now: ports.clock.wallNow(),
    }
    return `Choose from:\n${taskTable(tasks, options).trimEnd()}`
  } catch (error) {
    cancel.throwIfAborted()
    if (!(error instanceof FargateLoginError)) throw error
    return adviceText({
      text: 'See what is running with:',
      command: ownCommand(ports.access, 'list', '--cluster', cluster),
    })
  }
}

import picocolors from 'picocolors'
import { FargateLoginError } from '../../core/error.ts'
import { ownCommand } from '../../core/text/paste.ts'
import { findLiveTasks } from '../../session/fleet/live-tasks.ts'
import type { StopContext } from '../../session/fleet/stop.ts'
import { taskTable } from '../../terminal/task-table.ts'

/** Explains `stop` without arguments, with the live tasks to choose from if AWS lists them. */
export async function stopUsage(context: StopContext, cancel: AbortSignal): Promise<FargateLoginError> {
  const choice = await findChoice(context, cancel)
  return new FargateLoginError('usage', 'stop needs an ID, --mine, --all or --dead.', { hint: choice })
}

async function findChoice(context: StopContext, cancel: AbortSignal): Promise<string> {
  const { cluster, ports } = context
  try {
    const { tasks } = await findLiveTasks(context, ports, cancel)
    if (tasks.length === 0) return `There are no live tasks of fargate-login on cluster ${cluster}.`
    const options = { withOwner: true, colours: picocolors.createColors(false), now: ports.clock.wallNow() }
    return `Choose from:\n${taskTable(tasks, options).trimEnd()}`
  } catch (error) {
    cancel.throwIfAborted()
    if (!(error instanceof FargateLoginError)) throw error
    return `See what is running: ${ownCommand(ports.access, 'list', '--cluster', cluster)}`
  }
}

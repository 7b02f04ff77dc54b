import picocolors from 'picocolors'
import { FargateLoginError } from '../../core/error.ts'
import type { StopScene } from '../../session/fleet/find-stops.ts'
import { findLiveTasks } from '../../session/fleet/live-tasks.ts'
import { taskTable } from '../../terminal/task-table.ts'

/** For `stop` that does not say what: the choice, as far as AWS tells it. */
export async function stopUsage(scene: StopScene, cancel: AbortSignal): Promise<FargateLoginError> {
  const choice = await findChoice(scene, cancel)
  return new FargateLoginError('usage', 'stop needs an ID, --mine, --all or --dead.', { hint: choice })
}

async function findChoice(scene: StopScene, cancel: AbortSignal): Promise<string> {
  try {
    const { tasks } = await findLiveTasks(scene, scene.ports, cancel)
    if (tasks.length === 0) return `There is no live task of fargate-login on cluster ${scene.cluster}.`
    const options = { withOwner: true, colours: picocolors.createColors(false), now: new Date() }
    return `To choose from:\n${taskTable(tasks, options).trimEnd()}`
  } catch (error) {
    cancel.throwIfAborted()
    if (!(error instanceof FargateLoginError)) throw error
    return 'See what is running: fargate-login list'
  }
}

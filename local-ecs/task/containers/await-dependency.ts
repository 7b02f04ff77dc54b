import type { Dependency } from '../../account/dependency.ts'
import { StartFailure } from '../../runners/start-failure.ts'
import { inTime } from '../in-time.ts'
import type { TaskContainer } from '../task.ts'
import type { StartedContainer } from '../task-life.ts'

/** A container waited in vain. The messages are those of ECS's agent. */
export class DependencyFailure extends StartFailure {}

/**
 * Waits until the container that `target` depends on meets the condition.
 * @param dependency the start of that container
 * @throws DependencyFailure, or the signal's reason
 */
export async function awaitDependency(
  { containerName, condition }: Dependency,
  target: TaskContainer,
  dependency: Promise<StartedContainer> | undefined,
  signal: AbortSignal,
): Promise<void> {
  const targetLabel = `target [${label(target, '(NONE->RUNNING)')}]`
  const found = await inTime(dependency ?? Promise.reject(), undefined, signal).catch(() => {
    signal.throwIfAborted()
    throw failure(
      `failed to resolve container ordering dependency [${containerName}] for ${targetLabel} because dependency will never start`,
    )
  })
  if (condition === 'START' || found === 'late') return

  const { container, running, isHealthy, startedAt } = found
  const awaited = condition === 'HEALTHY' ? Promise.race([isHealthy, running.exited]) : running.exited
  const exit = await inTime(awaited, millisecondsLeft(container, startedAt), signal)
  const ordering = (state: string) =>
    `container ordering dependency [${label(container, state)}] for ${targetLabel}`
  if (exit === 'late') throw failure(`${ordering('(RUNNING->RUNNING)')} has timed out.`)
  if (exit === 'healthy' || condition === 'COMPLETE') return
  if (condition === 'HEALTHY') {
    throw failure(`failed to resolve ${ordering(`(STOPPED->RUNNING) - Exit: ${exit.code}`)}`)
  }
  if (exit.code !== 0) {
    const ended = ordering(`(STOPPED->RUNNING) - Exit: ${exit.code}`)
    throw failure(`failed to resolve ${ended} as dependency did not exit successfully.`)
  }
}

/** ECS counts from the start of the awaited container. Without a startTimeout, it waits without limit. */
function millisecondsLeft({ definition }: TaskContainer, startedAt: number): number | undefined {
  const { startTimeout } = definition
  return startTimeout === undefined ? undefined : startedAt + startTimeout * 1000 - Date.now()
}

function label({ definition }: TaskContainer, state: string): string {
  return `${definition.name}(${definition.image}) ${state}`
}

function failure(text: string): DependencyFailure {
  return new DependencyFailure(`CannotStartContainerError: dependency graph: ${text}`)
}

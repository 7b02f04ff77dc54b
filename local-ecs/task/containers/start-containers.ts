import { dependenciesOf, inDependencyOrder } from '../../account/dependency.ts'
import type { ContainerExit, ContainerRequest } from '../../runners/runner.ts'
import { endTask } from '../end-task.ts'
import type { Task, TaskContainer } from '../task.ts'
import type { StartedContainer, TaskLife } from '../task-life.ts'
import { awaitDependency, DependencyFailure } from './await-dependency.ts'
import { startFailureReason } from './start-failure-reason.ts'
import { watchHealth } from './watch-health.ts'

/** By container name. */
type Starts = Map<string, Promise<StartedContainer>>

/** Starts each container as soon as its dependencies meet their conditions, and records its end. */
export async function startContainers(life: TaskLife): Promise<void> {
  const { task, request } = life
  const starts: Starts = new Map()
  // RegisterTaskDefinition refuses circles.
  for (const { name } of inDependencyOrder(task.definition.containerDefinitions) ?? []) {
    const container = task.containers.find(({ definition }) => definition.name === name)
    const containerRequest = request.containers.find((candidate) => candidate.name === name)
    if (container && containerRequest)
      starts.set(name, startInTurn(life, container, containerRequest, starts))
  }
  // Wait for all, because a container that starts while the task ends would be left behind.
  await Promise.allSettled(starts.values())
  task.stop.signal.throwIfAborted()
}

async function startInTurn(
  life: TaskLife,
  container: TaskContainer,
  request: ContainerRequest,
  starts: Starts,
): Promise<StartedContainer> {
  const { signal } = life.task.stop
  try {
    await Promise.all(
      dependenciesOf(container.definition).map((dependency) =>
        awaitDependency(dependency, container, starts.get(dependency.containerName), signal),
      ),
    )
    signal.throwIfAborted()
    return await start(life, container, request)
  } catch (error) {
    recordStartFailure(life.task, container, error)
    throw error
  }
}

async function start(
  { reservation, task, started, log }: TaskLife,
  container: TaskContainer,
  request: ContainerRequest,
): Promise<StartedContainer> {
  const running = await reservation.start(request)
  container.runtimeId = running.runtimeId
  container.lastStatus = 'RUNNING'
  const isHealthy = watchHealth(container, running, task.stop.signal)
  const start: StartedContainer = { container, running, startedAt: Date.now(), isHealthy }
  started.push(start)
  void running.exited.then((exit) => recordExit({ task, log }, container, exit))
  return start
}

/** The failure of a container that is not essential does not end the task. */
function recordStartFailure(task: Task, container: TaskContainer, error: unknown): void {
  if (task.ending) return
  const reason = startFailureReason(error)
  container.reason = reason
  container.lastStatus = 'STOPPED'
  // ECS's agent reports a container that it did not start as stopped.
  if (error instanceof DependencyFailure) container.exitCode = 143
  if (container.definition.essential) endTask(task, { stopCode: 'TaskFailedToStart', reason })
}

function recordExit(
  { task, log }: Pick<TaskLife, 'task' | 'log'>,
  container: TaskContainer,
  exit: ContainerExit,
) {
  const { name, essential } = container.definition
  container.lastStatus = 'STOPPED'
  container.exitCode = exit.code
  if (task.ending) return
  if (exit.code !== 0) {
    log(`Container ${name} of task ${task.id} exited with status ${exit.code}`)
    for (const line of exit.lastLines) log(`  ${line}`)
  }
  if (essential) {
    endTask(task, { stopCode: 'EssentialContainerExited', reason: 'Essential container in task exited' })
  }
}

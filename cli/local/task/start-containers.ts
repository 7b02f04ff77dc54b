import type { ContainerExit, ContainerOrder } from '../runners/runner.ts'
import { endTask } from './end-task.ts'
import type { Scene } from './scene.ts'
import type { TaskContainer } from './task.ts'

/** Starts the containers one after the other, and watches each for its end. */
export async function startContainers(scene: Scene): Promise<void> {
  const { task, order, placed, started } = scene
  for (const container of task.containers) {
    const containerOrder = order.containers.find(({ name }) => name === container.definition.name)
    if (!containerOrder) continue
    const running = await placed.start(containerOrder)
    container.runtimeId = running.runtimeId
    container.lastStatus = 'RUNNING'
    started.push({ container, running })
    void running.exited.then((exit) => noteExit(scene, container, containerOrder, exit))
    task.stop.signal.throwIfAborted()
  }
}

function noteExit(
  { task, log }: Scene,
  container: TaskContainer,
  order: ContainerOrder,
  exit: ContainerExit,
): void {
  container.lastStatus = 'STOPPED'
  container.exitCode = exit.code
  if (task.ending) return
  if (exit.code !== 0) {
    log(`container ${order.name} of task ${task.id} exited with status ${exit.code}`)
    for (const line of exit.lastWords) log(`  ${line}`)
  }
  if (order.essential) {
    endTask(task, { stopCode: 'EssentialContainerExited', reason: 'Essential container in task exited' })
  }
}

import { stopTimeoutMs } from '../account/container-definition.ts'
import { epochSeconds } from '../account/time.ts'
import { pause } from './pause.ts'
import { enter, type Scene, type StartedContainer } from './scene.ts'

/** From wherever the task is to STOPPED, everything given back. */
export async function windDown(scene: Scene): Promise<void> {
  const { task, started, closing } = scene
  if (task.times.startedAt !== undefined) await pause(enter(scene, 'DEACTIVATING'), closing)
  if (started.length > 0) {
    const stops = started.map((container) => stopContainer(container, closing))
    await Promise.all([...stops, pause(enter(scene, 'STOPPING'), closing)])
  }
  task.times.executionStoppedAt = epochSeconds()
  for (const container of task.containers) container.lastStatus = 'STOPPED'

  await Promise.all([release(scene), pause(enter(scene, 'DEPROVISIONING'), closing)])
  if (task.networkInterface) task.networkInterface.status = 'DELETED'
  enter(scene, 'STOPPED')
  task.times.stoppedAt = epochSeconds()
}

/** Milliseconds. Whoever takes the local ECS down does not wait for long; the sshd image needs three seconds at most. */
const CLOSING_GRACE = 5_000

/** SIGTERM, and SIGKILL after the container's stopTimeout. */
async function stopContainer({ container, running }: StartedContainer, closing: AbortSignal): Promise<void> {
  const ended = new AbortController()
  const exited = running.exited.then(() => ended.abort())
  await running.terminate()
  await pause(stopTimeoutMs(container.definition), AbortSignal.any([ended.signal, closing]))
  if (closing.aborted) await pause(CLOSING_GRACE, ended.signal)
  if (!ended.signal.aborted) await running.kill()
  await exited
}

async function release({ placed, hostPorts, log, task }: Scene): Promise<void> {
  const results = await Promise.allSettled([hostPorts.close(), placed.release()])
  for (const result of results) {
    if (result.status === 'rejected') log(`task ${task.id} left something behind: ${result.reason}`)
  }
}

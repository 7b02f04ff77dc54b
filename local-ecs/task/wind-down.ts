import { stopTimeoutMs } from '../account/container-definition.ts'
import { dependenciesOf } from '../account/dependency.ts'
import { epochSeconds } from '../account/time.ts'
import { pause } from './pause.ts'
import { passThrough, type StartedContainer, type TaskLife } from './task-life.ts'

/** Takes the task from any state to STOPPED, and releases its resources. */
export async function windDown(life: TaskLife): Promise<void> {
  const { task, started, closing } = life
  if (task.times.startedAt !== undefined) await passThrough(life, 'DEACTIVATING', closing)
  if (started.length > 0) {
    await Promise.all([stopContainers(started, closing), passThrough(life, 'STOPPING', closing)])
  }
  task.times.executionStoppedAt = epochSeconds()
  for (const container of task.containers) container.lastStatus = 'STOPPED'

  await Promise.all([release(life), passThrough(life, 'DEPROVISIONING', closing)])
  if (task.networkInterface) task.networkInterface.status = 'DELETED'
  task.lastStatus = 'STOPPED'
  // The user guide: the tags of a task go when it stops.
  task.tags = []
  task.times.stoppedAt = epochSeconds()
}

/** Stops each container after those that depend on it, or all at once at the take-down. */
async function stopContainers(started: readonly StartedContainer[], closing: AbortSignal): Promise<void> {
  const stops = new Map<StartedContainer, Promise<void>>()
  // A container starts after its dependencies, so the reverse order is correct.
  for (const one of started.toReversed()) {
    const { name } = one.container.definition
    const dependents = started.flatMap((other) => (dependsOn(other, name) ? (stops.get(other) ?? []) : []))
    const turn = closing.aborted ? undefined : Promise.all(dependents)
    stops.set(
      one,
      Promise.resolve(turn).then(() => stopContainer(one, closing)),
    )
  }
  await Promise.all(stops.values())
}

function dependsOn({ container }: StartedContainer, name: string): boolean {
  return dependenciesOf(container.definition).some(({ containerName }) => containerName === name)
}

/** In milliseconds. The take-down is quick, but the sshd image may need three seconds. */
const CLOSING_GRACE_MS = 5_000

/** Sends SIGTERM, then SIGKILL after the container's stopTimeout. */
async function stopContainer({ container, running }: StartedContainer, closing: AbortSignal): Promise<void> {
  const ended = new AbortController()
  const exited = running.exited.then(() => ended.abort())
  await running.terminate()
  await pause(stopTimeoutMs(container.definition), AbortSignal.any([ended.signal, closing]))
  if (closing.aborted) await pause(CLOSING_GRACE_MS, ended.signal)
  if (!ended.signal.aborted) await running.kill()
  await exited
}

async function release({ reservation, hostPorts, log, task }: TaskLife): Promise<void> {
  const results = await Promise.allSettled([hostPorts.close(), reservation.release()])
  for (const result of results) {
    if (result.status === 'rejected') log(`Task ${task.id} left something behind: ${result.reason}`)
  }
}

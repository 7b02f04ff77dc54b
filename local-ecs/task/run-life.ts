import { once } from 'node:events'
import { epochSeconds } from '../account/time.ts'
import type { StartStep } from '../faults/task-faults.ts'
import { startContainers } from './containers/start-containers.ts'
import { startFailureReason } from './containers/start-failure-reason.ts'
import { endTask } from './end-task.ts'
import { passThrough, type TaskLife } from './task-life.ts'
import { windDown } from './wind-down.ts'

/** Runs a task from PROVISIONING to STOPPED. Resolves when nothing of it is left; never rejects. */
export async function runLife(life: TaskLife): Promise<void> {
  try {
    await provision(life)
    await pullImages(life)
    await startContainers(life)
    await activate(life)
    await run(life)
  } catch (error) {
    recordStartFailure(life, error)
  }
  await windDown(life)
}

/** Attaches the network. From then on, clients can look up the ENI's addresses. */
async function provision(life: TaskLife): Promise<void> {
  const { task, reservation, resources } = life
  const [address] = await Promise.all([
    reservation.attach(),
    passThrough(life, 'PROVISIONING', task.stop.signal),
  ])
  task.stop.signal.throwIfAborted()
  beginStep(life, 'resources')
  if (resources.failure) throw resources.failure
  task.times.connectivityAt = epochSeconds()
  if (task.networkInterface && address) {
    task.networkInterface.address = address
    task.networkInterface.status = 'ATTACHED'
  }
}

async function pullImages(life: TaskLife): Promise<void> {
  const { task, request, reservation } = life
  const { signal } = task.stop
  task.times.pullStartedAt = epochSeconds()
  const pulls = request.containers.map((container) => reservation.pull(container, signal))
  await Promise.all([...pulls, passThrough(life, 'PENDING', signal)])
  signal.throwIfAborted()
  beginStep(life, 'images')
  task.times.pullStoppedAt = epochSeconds()
  beginStep(life, 'containers')
}

/** The containers already run, but ECS does not report it yet. */
async function activate(life: TaskLife): Promise<void> {
  const { task, hostPorts, request, started, hooks } = life
  await passThrough(life, 'ACTIVATING', task.stop.signal)
  task.stop.signal.throwIfAborted()
  const isStarted = (name: string) => started.some(({ container }) => container.definition.name === name)
  const containers = request.containers.filter(({ name }) => isStarted(name))
  await hostPorts.connect(life.reservation, { ...request, containers })
  for (const container of task.containers) {
    container.networkBindings = hooks.reduce(
      (bindings, hook) => hook.networkBindings?.(bindings) ?? bindings,
      hostPorts.bindingsOf(container.definition.name),
    )
  }
}

/** Waits until someone or something ends the task. */
async function run(life: TaskLife): Promise<void> {
  const { task, hooks } = life
  const { signal } = task.stop
  signal.throwIfAborted()
  task.lastStatus = 'RUNNING'
  task.times.startedAt = epochSeconds()
  for (const hook of hooks) void hook.run?.(life)
  await once(signal, 'abort')
}

/** @throws StartFailure if a fault demands it */
function beginStep({ hooks }: TaskLife, step: StartStep): void {
  for (const hook of hooks) hook.start?.(step)
}

/** Ignores an error in a task that is already ending, because the error only follows from that. */
function recordStartFailure({ task, started }: TaskLife, error: unknown): void {
  if (task.ending) return
  const reason = startFailureReason(error)
  for (const container of task.containers) {
    const isStarted = started.some((other) => other.container === container)
    if (!isStarted && reason.startsWith('Cannot')) container.reason = reason
  }
  endTask(task, { stopCode: 'TaskFailedToStart', reason })
}

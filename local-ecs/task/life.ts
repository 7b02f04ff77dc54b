import { once } from 'node:events'
import { epochSeconds } from '../account/time.ts'
import { endTask } from './end-task.ts'
import { pause } from './pause.ts'
import { enter, type Scene } from './scene.ts'
import { startContainers } from './start-containers.ts'
import { startFailureReason } from './start-failure-reason.ts'
import { failAsAsked, strikeLater } from './strike.ts'
import { windDown } from './wind-down.ts'

/** From PROVISIONING to STOPPED. Resolves when nothing of the task is left; never rejects. */
export async function liveTask(scene: Scene): Promise<void> {
  try {
    await provision(scene)
    await pullImages(scene)
    await startContainers(scene)
    await activate(scene)
    await run(scene)
  } catch (error) {
    noteStartFailure(scene, error)
  }
  await windDown(scene)
}

/** The network: the ENI gets its addresses, which clients may look for from then on. */
async function provision(scene: Scene): Promise<void> {
  const { task, reservation, resources } = scene
  const [address] = await Promise.all([reservation.attach(), stay(scene, 'PROVISIONING')])
  task.stop.signal.throwIfAborted()
  failAsAsked(scene, 'cannot-initialize')
  if (resources.failure) throw resources.failure
  task.times.connectivityAt = epochSeconds()
  if (task.networkInterface && address) {
    task.networkInterface.address = address
    task.networkInterface.status = 'ATTACHED'
  }
}

async function pullImages(scene: Scene): Promise<void> {
  const { task, request, reservation } = scene
  const { signal } = task.stop
  task.times.pullStartedAt = epochSeconds()
  const pulls = request.containers.map((container) => reservation.pull(container, signal))
  await Promise.all([...pulls, stay(scene, 'PENDING')])
  signal.throwIfAborted()
  failAsAsked(scene, 'cannot-pull')
  task.times.pullStoppedAt = epochSeconds()
  failAsAsked(scene, 'cannot-start')
}

/** The containers run by now, and ECS does not say so yet. */
async function activate(scene: Scene): Promise<void> {
  const { task, hostPorts, request, started } = scene
  await stay(scene, 'ACTIVATING')
  task.stop.signal.throwIfAborted()
  const isStarted = (name: string) => started.some(({ container }) => container.definition.name === name)
  const containers = request.containers.filter(({ name }) => isStarted(name))
  await hostPorts.connect(scene.reservation, { ...request, containers })
  for (const container of task.containers) {
    container.networkBindings = hostPorts.bindingsOf(container.definition.name)
  }
}

/** Until somebody or something ends the task. */
async function run(scene: Scene): Promise<void> {
  const { signal } = scene.task.stop
  signal.throwIfAborted()
  enter(scene, 'RUNNING')
  scene.task.times.startedAt = epochSeconds()
  for (const fault of scene.faults) void strikeLater(scene, fault)
  await once(signal, 'abort')
}

async function stay(scene: Scene, state: Parameters<typeof enter>[1]): Promise<void> {
  await pause(enter(scene, state), scene.task.stop.signal)
}

/** A stop from outside, or of a container, has left its own reason already, and the error is nothing but that. */
function noteStartFailure({ task, started }: Scene, error: unknown): void {
  if (task.ending) return
  const reason = startFailureReason(error)
  for (const container of task.containers) {
    const isStarted = started.some((other) => other.container === container)
    if (!isStarted && reason.startsWith('Cannot')) container.reason = reason
  }
  endTask(task, { stopCode: 'TaskFailedToStart', reason })
}

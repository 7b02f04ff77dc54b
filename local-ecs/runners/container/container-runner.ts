import type { Reservation, Runner, TaskRequest } from '../runner.ts'
import { settingsArguments } from './arguments/settings-arguments.ts'
import type { Engine } from './engine/engine.ts'
import { pullImage } from './images/pull-image.ts'
import { reserveNetwork } from './network/reserve-network.ts'
import { removeContainers } from './remove-containers.ts'
import { removeLeftovers } from './remove-leftovers.ts'
import { sharedProcesses } from './shared-processes.ts'
import { startContainer } from './start-container.ts'
import { taskVolumes } from './task-volumes.ts'

export interface ContainerRunnerInput {
  readonly client: Engine
  /** The sshd image, already present. */
  readonly image: string
  /** Receives the tasks' output. If absent, nothing reads it. */
  readonly output?: ((line: string) => void) | undefined
}

/** Runs all containers of a task definition with docker or podman. */
export function makeContainerRunner(input: ContainerRunnerInput): Runner {
  // The start does not wait for the removal, because leftovers of a killed run disturb nothing.
  const removal = removeLeftovers(input.client).catch(() => {})
  return {
    kind: 'container',
    reserve: (request) => reserve(request, input),
    close: () => removal,
  }
}

async function reserve(
  request: TaskRequest,
  { client, image, output }: ContainerRunnerInput,
): Promise<Reservation> {
  const network = await reserveNetwork(request, client, image)
  const processes = sharedProcesses(request, { client, image, holder: network.holder })
  const volumes = taskVolumes(request, client)
  const started: string[] = []
  const nameOf = (container: string) => `fargate-login-${request.id.slice(0, 12)}-${container}`
  return {
    attach: () => network.attach(),
    pull: ({ image: wanted }, signal) => pullImage(client, wanted, signal),
    async start(container) {
      const name = nameOf(container.name)
      started.push(name)
      const { settings } = container
      const { args, environment } = network.join(container)
      const setUp = await Promise.all([
        processes.args(),
        volumes.args(container),
        settings ? settingsArguments(client, settings, nameOf) : [],
      ])
      return startContainer({
        client,
        container: { ...container, environment: { ...environment, ...container.environment } },
        name,
        setUpArguments: [...args, ...setUp.flat()],
        output,
      })
    },
    reach: (container, port) => network.reach(nameOf(container.name), port),
    async release() {
      await removeContainers(client, started)
      await Promise.all([network.release(), processes.release(), volumes.release()])
    },
  }
}

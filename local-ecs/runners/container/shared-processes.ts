import type { TaskRequest } from '../runner.ts'
import type { Engine } from './engine/engine.ts'
import { startHolder } from './holder.ts'
import { removeContainers } from './remove-containers.ts'

/** Whose processes the containers of a task see. */
export interface SharedProcesses {
  /** What a container is started with. */
  args(): Promise<readonly string[]>
  release(): Promise<void>
}

export interface SharedProcessesInput {
  readonly client: Engine
  /** The sshd image. */
  readonly image: string
  /** The name of the container that holds the task's network, where there is one. */
  readonly holder: string | undefined
}

/** As on ECS the pause container has the process IDs of the task; a task without one gets it for this. */
export function sharedProcesses(request: TaskRequest, input: SharedProcessesInput): SharedProcesses {
  if (request.processes !== 'task') {
    return {
      args: async () => (request.processes === 'host' ? ['--pid', 'host'] : []),
      release: async () => {},
    }
  }
  const { client, image, holder } = input
  const own = `fargate-login-${request.id.slice(0, 12)}.processes`
  let started: Promise<unknown> | undefined
  return {
    async args() {
      if (holder !== undefined) return ['--pid', `container:${holder}`]
      started ??= startHolder({ client, image, name: own, args: ['--network', 'none'] })
      await started
      return ['--pid', `container:${own}`]
    },
    async release() {
      if (!started) return
      await started.catch(() => {})
      await removeContainers(client, [own])
    },
  }
}

import type { TaskRequest } from '../runner.ts'
import type { Engine } from './engine/engine.ts'
import { startHolder } from './holder.ts'
import { removeContainers } from './remove-containers.ts'

/** The processes that the containers of a task can see. */
export interface SharedProcesses {
  /** The arguments to start a container with. */
  args(): Promise<readonly string[]>
  release(): Promise<void>
}

export interface SharedProcessesInput {
  readonly client: Engine
  /** The sshd image. */
  readonly image: string
  /** The name of the container that owns the task's network, if there is one. */
  readonly holder: string | undefined
}

/** As on ECS, the pause container owns the task's process IDs. A task without one gets one for this purpose. */
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

import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { type Claim, claimAddress, claimOwnAddress } from '../loopback-address.ts'
import type { Reservation, Runner, TaskOrder } from '../runner.ts'
import { startEntrypoint } from './entrypoint.ts'
import { idleContainer } from './idle-container.ts'
import { sessionContainer } from './session-container.ts'

export interface ProcessRunnerParts {
  readonly imageDirectory: string
  /** Absolute path. */
  readonly sshd: string
  readonly log: (line: string) => void
  /** Takes what the tasks print. */
  readonly output: (line: string) => void
}

/** Tasks as processes of this machine: its own sshd under the image's entrypoint, one 127.0.0.N a task. */
export function makeProcessRunner(parts: ProcessRunnerParts): Runner {
  const children = new Set<ChildProcess>()
  // Detached children outlive this program, unless they are told not to: they still clean up then.
  const stopAll = () => {
    for (const child of children) child.kill('SIGTERM')
  }
  process.once('exit', stopAll)
  return {
    kind: 'process',
    reserve: async (order) => reservation(order, await claim(order), { ...parts, children }),
    async close() {
      stopAll()
      process.off('exit', stopAll)
    },
  }
}

function claim(order: TaskOrder): Promise<Claim> {
  const ports = sessionContainer(order.containers)?.ports ?? []
  if (order.network === 'own-ipv6') return claimAddress('::1', ports, 'RESOURCE:ENI')
  if (order.network === 'host') return claimAddress('127.0.0.1', ports, 'RESOURCE:PORTS')
  return claimOwnAddress(ports)
}

type Parts = ProcessRunnerParts & { readonly children: Set<ChildProcess> }

function reservation(order: TaskOrder, { address, release }: Claim, parts: Parts): Reservation {
  const { log, imageDirectory } = parts
  const session = sessionContainer(order.containers)
  return {
    async attach() {
      if (order.network === 'own') return { ipv4: address }
      return order.network === 'own-ipv6' ? { ipv6: address } : undefined
    },
    async pull() {},
    async start(container) {
      if (container.name !== session?.name) {
        log(`container ${container.name} is not run: without a container engine only ${session?.name} is`)
        return idleContainer(container.name, container.isStep ?? false)
      }
      const entrypoint = join(imageDirectory, 'entrypoint.sh')
      return startEntrypoint({ ...parts, container, entrypoint, taskId: order.id, address })
    },
    reach: async (_container, port) => ({ host: address, port }),
    release,
  }
}

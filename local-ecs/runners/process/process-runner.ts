import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { type Claim, claimAddress, claimOwnAddress } from '../loopback-address.ts'
import type { Reservation, Runner, TaskRequest } from '../runner.ts'
import { startEntrypoint } from './entrypoint.ts'
import { idleContainer } from './idle-container.ts'
import { sessionContainer } from './session-container.ts'

export interface ProcessRunnerInput {
  readonly imageDirectory: string
  /** An absolute path. */
  readonly sshd: string
  readonly log: (line: string) => void
  /** Receives the tasks' output. */
  readonly output: (line: string) => void
}

/** Runs tasks as processes: this machine's sshd under the image's entrypoint, with one 127.0.0.N per task. */
export function makeProcessRunner(input: ProcessRunnerInput): Runner {
  const children = new Set<ChildProcess>()
  // Detached children outlive this program. SIGTERM lets them clean up and exit.
  const stopAll = () => {
    for (const child of children) child.kill('SIGTERM')
  }
  process.once('exit', stopAll)
  return {
    kind: 'process',
    reserve: async (request) => reservation(request, await claim(request), { ...input, children }),
    async close() {
      stopAll()
      process.off('exit', stopAll)
    },
  }
}

function claim(request: TaskRequest): Promise<Claim> {
  const ports = sessionContainer(request.containers)?.ports ?? []
  if (request.network === 'own-ipv6') return claimAddress('::1', ports, 'RESOURCE:ENI')
  if (request.network === 'host') return claimAddress('127.0.0.1', ports, 'RESOURCE:PORTS')
  return claimOwnAddress(ports)
}

type ReservationInput = ProcessRunnerInput & { readonly children: Set<ChildProcess> }

function reservation(
  request: TaskRequest,
  { address, release }: Claim,
  input: ReservationInput,
): Reservation {
  const { log, imageDirectory } = input
  const session = sessionContainer(request.containers)
  return {
    async attach() {
      if (request.network === 'own') return { ipv4: address }
      return request.network === 'own-ipv6' ? { ipv6: address } : undefined
    },
    async pull() {},
    async start(container) {
      if (container.name !== session?.name) {
        log(
          `container ${container.name} does not run: without a container engine, only ${session?.name} does`,
        )
        return idleContainer(container.name, container.isStep ?? false)
      }
      const entrypoint = join(imageDirectory, 'entrypoint.sh')
      return startEntrypoint({ ...input, container, entrypoint, taskId: request.id, address })
    },
    reach: async (_container, port) => ({ host: address, port }),
    release,
  }
}

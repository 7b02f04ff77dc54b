import { connect } from 'node:net'
import { ecsId } from '../../../account/identifier.ts'
import { removeContainers } from '../remove-containers.ts'
import { runnerLabels } from '../runner-labels.ts'
import { containerAddress, type Engine, type EngineInfo, engine, inspect, type Quirks } from './engine.ts'
import { EngineError } from './engine-client.ts'
import { hardLimits } from './hard-limits.ts'

type QuirkArguments = Pick<Quirks, 'globalArguments' | 'limitArguments'>

/**
 * Starts a container, first without options, then with those that help on machines that refuse it.
 * @param image any that is present and has `sleep`
 * @throws EngineError of the first try, which the machine's owner can look up
 */
export async function findQuirks(found: EngineInfo, image: string): Promise<Quirks> {
  const candidates = await allQuirkArguments(found)
  let refusal: unknown
  for (const args of candidates) {
    try {
      return { ...args, reachable: await tryRun(found, args, image) }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      refusal ??= error
    }
  }
  throw refusal
}

async function allQuirkArguments({ name }: EngineInfo): Promise<readonly QuirkArguments[]> {
  const limits = await hardLimits()
  const withLimits = limits && [
    '--ulimit',
    `nofile=${limits.nofile}:${limits.nofile}`,
    '--ulimit',
    `nproc=${limits.nproc}:${limits.nproc}`,
  ]
  // crun, podman's default runtime, does not start on some kernels and cgroup versions that runc supports.
  const runtimes = name === 'podman' ? [[], ['--runtime', 'runc']] : [[]]
  return runtimes.flatMap((globalArguments) =>
    [[], ...(withLimits ? [withLimits] : [])].map((limitArguments) => ({ globalArguments, limitArguments })),
  )
}

/** Starts a container and removes it. @returns whether its address is reachable */
async function tryRun(found: EngineInfo, args: QuirkArguments, image: string): Promise<boolean> {
  const client: Engine = { ...found, quirks: { ...args, reachable: false } }
  const name = `fargate-login-probe-${ecsId()}`
  try {
    await engine(client, [
      ...['run', '-d', '--pull', 'never', '--name', name, '--stop-timeout', '0', ...runnerLabels()],
      ...[...args.limitArguments, '--entrypoint', 'sleep', image, '60'],
    ])
    const address = containerAddress(await inspect(client, name))
    return address !== undefined && (await answers(address))
  } finally {
    // The engine keeps a container that failed to start.
    await removeContainers(client, [name])
  }
}

/** In milliseconds. A container on this machine refuses a connection at once. */
const TIME_LIMIT_MS = 500

function answers(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 9, timeout: TIME_LIMIT_MS })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => end(true))
    socket.on('timeout', () => end(false))
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED'))
  })
}

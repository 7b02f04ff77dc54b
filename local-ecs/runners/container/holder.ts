import type { Endpoint } from '../runner.ts'
import { containerAddress, type Engine, engine, inspect } from './engine/engine.ts'
import { runnerLabels } from './runner-labels.ts'

export interface StartHolderInput {
  readonly client: Engine
  readonly name: string
  /** The sshd image, because it is present and has a shell and `sleep`. */
  readonly image: string
  /** Where to publish its ports on this machine if its own address is not reachable. */
  readonly published?: readonly Endpoint[]
  /** Additional arguments of `run`. */
  readonly args?: readonly string[]
}

/** In seconds. The container ends by itself after this time if nothing removes it. */
const LIFETIME = 24 * 60 * 60

/** If other containers join its process IDs, it is their init. A waiting shell reaps their orphans as well. */
const SCRIPT = `sleep ${LIFETIME} & wait`

/**
 * Starts the container that owns the network of an awsvpc task, and everything else that its containers share. ECS's
 * agent does the same with its pause container: the address exists before any image is pulled, and containers can come
 * and go.
 * @returns its address; `undefined` if the engine gives it none
 */
export async function startHolder(input: StartHolderInput): Promise<string | undefined> {
  const { client, name, image, published = [], args = [] } = input
  const publish = published.flatMap(({ host, port }) => ['--publish', `${host}:${port}:${port}`])
  await engine(client, [
    ...['run', '-d', '--pull', 'never', '--name', name, '--stop-timeout', '0', ...runnerLabels()],
    ...[...client.quirks.limitArguments, ...publish, ...args, '--entrypoint', '/bin/sh', image, '-c', SCRIPT],
  ])
  return containerAddress(await inspect(client, name))
}

import type { Endpoint } from '../runner.ts'
import { containerAddress, type Engine, engine, inspect } from './engine/engine.ts'
import { runnerLabels } from './runner-labels.ts'

export interface StartHolderInput {
  readonly client: Engine
  readonly name: string
  /** The sshd image: it is at hand, and has a shell and `sleep`. */
  readonly image: string
  /** Where its ports appear on this machine, when its own address cannot be reached. */
  readonly published?: readonly Endpoint[]
  /** Further arguments of `run`. */
  readonly args?: readonly string[]
}

/** Seconds. Should everything else fail, it goes away by itself. */
const LIFETIME = 24 * 60 * 60

/** Where others join its process IDs it is their init: a shell that waits reaps what they leave behind, too. */
const SCRIPT = `sleep ${LIFETIME} & wait`

/**
 * Starts the container that holds the network of an awsvpc task, and what else its containers share, as ECS's own
 * agent does with its pause container: the address is there before any image is pulled, and containers may come and go.
 * @returns its address; undefined where the engine gives it none
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

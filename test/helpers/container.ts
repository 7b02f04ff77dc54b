import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { environmentArguments } from '../../local-ecs/runners/container/arguments/environment-arguments.ts'
import { type Engine, engine } from '../../local-ecs/runners/container/engine/engine.ts'
import { prepareEngine } from '../../local-ecs/runners/container/engine/prepare-engine.ts'
import { hasImage, sshdImageTag } from '../../local-ecs/runners/container/images/sshd-image.ts'
import { bridgeNetwork } from '../../local-ecs/runners/container/network/bridge-network.ts'
import { type LineLog, lineLog } from '../image/helpers/line-log.ts'

export const imageDirectory = fileURLToPath(new URL('../../sshd-image', import.meta.url))
const railsDirectory = fileURLToPath(new URL('rails-image', import.meta.url))

/**
 * The container engine of this machine, with the sshd image built; undefined if there is none, so that a laptop
 * without one runs the other tests. In CI that is an error: nothing may go unseen there.
 */
export async function engineForTests(): Promise<Engine | undefined> {
  try {
    return (await prepareEngine({ imageDirectory, log: (line) => console.error(line) })).client
  } catch (error) {
    if (process.env.CI) throw error
    console.error(
      `Tests with containers are skipped: ${(error as Error).message}. npm test sets an engine up.`,
    )
    return undefined
  }
}

export function sshdImage(): Promise<string> {
  return sshdImageTag(imageDirectory)
}

/** A Rails application in /rails, as it is deployed. @returns the image's name */
export function railsImage(client: Engine): Promise<string> {
  return builtImage(client, railsDirectory)
}

/** An image, perhaps with parts of the sshd image (build argument BASE), built once for each content of both. */
export async function builtImage(client: Engine, directory: string): Promise<string> {
  const base = await sshdImage()
  const hash = createHash('sha256')
  let usesBase = false
  for (const file of (await readdir(directory)).sort()) {
    const content = await readFile(join(directory, file))
    hash.update(`${file}\0`).update(content)
    usesBase ||= file === 'Dockerfile' && content.includes('ARG BASE')
  }
  if (usesBase) hash.update(base)
  const tag = `fargate-login-test:${hash.digest('hex').slice(0, 12)}`
  if (await hasImage(client, tag)) return tag
  const { limitArguments } = client.quirks
  const options = ['--network', 'host', ...limitArguments, '--build-arg', `BASE=${base}`, '-t', tag]
  await engine(client, ['build', ...options, directory])
  return tag
}

export interface ContainerOptions {
  /** The sshd image if absent. */
  readonly image?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Further arguments of `run`. */
  readonly args?: readonly string[]
  readonly command?: readonly string[]
}

/** A container that runs as long as the test. It prints into `log`; its exit status is `log.ended`. */
export interface TestContainer extends AsyncDisposable {
  readonly name: string
  readonly log: LineLog
  /** Where a port of it is reached from here. */
  reach(port: number): Promise<{ readonly host: string; readonly port: number }>
  signal(name: string): Promise<void>
}

export async function startContainer(
  client: Engine,
  { image, environment = {}, args = [], command = [] }: ContainerOptions,
): Promise<TestContainer> {
  const name = `fargate-login-test-${randomUUID().slice(0, 8)}`
  const variables = environmentArguments(environment)
  const published = client.quirks.reachable ? [] : ['--publish', '127.0.0.1::2222']
  const child = spawn(
    client.path,
    [
      ...[...client.quirks.globalArguments, 'run', '--rm', '--pull', 'never', '--name', name],
      ...[...client.quirks.limitArguments, ...published, ...variables.args],
      ...[...args, image ?? (await sshdImage()), ...command],
    ],
    { env: { ...process.env, ...variables.environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const log = lineLog(child)
  return {
    name,
    log,
    reach: (port) => bridgeNetwork(client).reach(name, port),
    signal: async (signal) => void (await engine(client, ['kill', '--signal', signal, name])),
    async [Symbol.asyncDispose]() {
      await engine(client, ['kill', '--signal', 'KILL', name]).catch(() => {})
      await log.ended
    },
  }
}

import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  type ContainerDefinition,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Task,
} from '@aws-sdk/client-ecs'
import { expect } from 'vitest'
import type { Engine } from '../../local-ecs/runners/container/engine.ts'
import { findEngine } from '../../local-ecs/runners/container/find-engine.ts'
import { prepareEngine } from '../../local-ecs/runners/container/prepare-engine.ts'
import { FARGATE } from '../helpers/register.ts'
import { IMAGE_DIRECTORY, isIn, type Local, startLocal } from './start.ts'

/** An engine may be missing on a developer's machine, never in CI. */
export const isEngineWanted = 'version' in (await findEngine()) || process.env.CI !== undefined

/** A local ECS on the container runner, for tests of what task definitions say. */
export interface ContainerTasks extends AsyncDisposable {
  readonly local: Local
  readonly engine: Engine
  /** The sshd image, which is what containers have that name none. It has a shell. */
  readonly image: string
  /** The engine's own client. */
  client(...args: readonly string[]): Promise<string>
  /** An image on top of the sshd image, removed at the end. @param dockerfile without its FROM line */
  build(dockerfile: string): Promise<string>
  /** Registers these containers as a Fargate task and runs them. */
  run(containers: readonly Partial<ContainerDefinition>[], task?: Definition): Promise<string>
  /** The same on the container instance, in bridge mode. */
  runOnInstance(containers: readonly Partial<ContainerDefinition>[], task?: Definition): Promise<string>
  /** Runs them until the task has stopped. */
  ended(containers: readonly Partial<ContainerDefinition>[], task?: Definition): Promise<Task>
}

type Definition = Partial<RegisterTaskDefinitionCommandInput>

export async function startContainerTasks(): Promise<ContainerTasks> {
  const { client: engine, image } = await prepareEngine({ imageDirectory: IMAGE_DIRECTORY, log: () => {} })
  const local = await startLocal({ runner: 'container', verbose: true })
  const images: string[] = []

  async function client(...args: readonly string[]): Promise<string> {
    const all = [...engine.quirks.globalArguments, ...args]
    return (await promisify(execFile)(engine.path, all)).stdout.trim()
  }

  async function build(dockerfile: string): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'fargate-login-test-'))
    const tag = `fargate-login-test:${randomUUID().slice(0, 12)}`
    await writeFile(join(directory, 'Dockerfile'), `FROM ${image}\n${dockerfile}\n`)
    await client('build', '--network', 'host', ...engine.quirks.limitArguments, '-t', tag, directory)
    await rm(directory, { recursive: true })
    images.push(tag)
    return tag
  }

  async function register(containers: readonly Partial<ContainerDefinition>[], task: Definition) {
    const containerDefinitions = containers.map((container) => ({ name: 'app', image, ...container }))
    const family = `family-${randomUUID()}`
    await local.client.send(new RegisterTaskDefinitionCommand({ ...task, family, containerDefinitions }))
    return { taskDefinition: family, overrides: undefined }
  }

  const tasks: ContainerTasks = {
    local,
    engine,
    image,
    client,
    build,
    run: async (containers, task = {}) => local.run(await register(containers, { ...FARGATE, ...task })),
    async runOnInstance(containers, task = {}) {
      const registered = await register(containers, { memory: '512', ...task })
      return local.run({ ...registered, launchType: 'EC2', networkConfiguration: undefined })
    },
    ended: async (containers, task) => local.until(await tasks.run(containers, task), isIn('STOPPED')),
    async [Symbol.asyncDispose]() {
      await local[Symbol.asyncDispose]()
      const label = `label=fargate-login.local.runner-pid=${process.pid}`
      expect(await client('ps', '-aq', '--filter', label)).toBe('')
      expect(await client('volume', 'ls', '-q', '--filter', label)).toBe('')
      for (const each of images) await client('image', 'rm', '-f', each)
    },
  }
  return tasks
}

/** What a container has that runs this shell script. */
export function script(text: string): Pick<ContainerDefinition, 'entryPoint' | 'command'> {
  return { entryPoint: ['/bin/sh', '-c'], command: [text] }
}

/** A script that waits without end, and ends at once when it is asked to. */
export const WAIT = 'trap "exit 143" TERM; while :; do sleep 0.1; done'

/** Of the container with this name. */
export function exitCode({ containers = [] }: Task, name: string): number | undefined {
  return containers.find((container) => container.name === name)?.exitCode
}

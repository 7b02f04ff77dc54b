import type { ContainerExit, ContainerRequest, RunningContainer } from '../runner.ts'
import { StartFailure } from '../start-failure.ts'
import { environmentArguments } from './arguments/environment-arguments.ts'
import { ulimitArguments } from './arguments/ulimit-arguments.ts'
import { followOutput, lastOutput } from './container-output.ts'
import { type Engine, engine, inspect } from './engine/engine.ts'
import { runnerLabels } from './runner-labels.ts'

export interface StartContainerInput {
  readonly client: Engine
  readonly container: ContainerRequest
  /** Unique on the machine. */
  readonly name: string
  /** Options of `run` for its network, its volumes and its settings. */
  readonly setUpArguments: readonly string[]
  /** Receives the container's output. If absent, nothing reads it. */
  readonly output?: ((line: string) => void) | undefined
}

/** @throws StartFailure */
export async function startContainer(input: StartContainerInput): Promise<RunningContainer> {
  const { client, name, output } = input
  const { args, environment } = await runArguments(input)
  const id = await engine(client, args, { environment }).catch((error: Error) => {
    throw new StartFailure(`CannotStartContainerError: ${error.message}`)
  })
  const { StopSignal: stopSignal } = (await inspect(client, id)).Config
  if (output) followOutput(client, id, output)
  return {
    runtimeId: id,
    exited: exitOf(client, id),
    isHealthy: (command, signal) =>
      engine(client, ['exec', id, ...command], { signal }).then(
        () => true,
        () => false,
      ),
    // Fails if the container has just ended, which `exited` reports.
    terminate: () => signal(client, name, String(stopSignal || 'SIGTERM')),
    kill: () => signal(client, name, 'SIGKILL'),
  }
}

async function runArguments({ client, container, name, setUpArguments }: StartContainerInput) {
  const { args, environment } = environmentArguments(container.environment)
  // docker and podman accept one word as entry point. ECS puts the others before the command.
  const [entryPoint, ...rest] = container.entryPoint ?? []
  return {
    environment,
    args: [
      // ECS allows time to stop, but `rm -f` must not wait.
      ...['run', '-d', '--pull', 'never', '--name', name, '--stop-timeout', '0', ...runnerLabels()],
      // By default, podman adds this machine's proxies to the variables, and the user to /etc/passwd.
      ...(client.name === 'podman' ? ['--http-proxy=false', '--passwd=false'] : []),
      ...(await ulimitArguments(container.settings?.ulimits ?? [], client.quirks)),
      ...[...setUpArguments, ...args],
      ...(container.workingDirectory === undefined ? [] : ['--workdir', container.workingDirectory]),
      ...(container.user === undefined ? [] : ['--user', container.user]),
      ...(entryPoint === undefined ? [] : ['--entrypoint', entryPoint]),
      ...[container.image, ...rest, ...(container.command ?? [])],
    ],
  }
}

async function signal(client: Engine, id: string, name: string): Promise<void> {
  await engine(client, ['kill', '--signal', name, id]).catch(() => {})
}

async function exitOf(client: Engine, id: string): Promise<ContainerExit> {
  // The engine cannot tell if someone else removed the container, which kills it.
  const code = Number(await engine(client, ['wait', id]).catch(() => 137))
  return { code, lastLines: code === 0 ? [] : await lastOutput(client, id) }
}

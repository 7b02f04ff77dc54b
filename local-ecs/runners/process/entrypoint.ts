import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { constants, homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { keepLastLines, type LastLines } from '../last-lines.ts'
import type { ContainerExit, ContainerRequest, RunningContainer } from '../runner.ts'
import { StartFailure } from '../start-failure.ts'
import { heedsSigterm } from './heeds-sigterm.ts'
import { killLeftovers } from './leftovers.ts'
import { privateDirectory, removePrivateDirectory } from './private-directory.ts'
import { groupEnds, killGroup } from './process-group.ts'
import { type TaskEnvironmentInput, taskEnvironment } from './task-environment.ts'

export interface StartEntrypointInput extends TaskEnvironmentInput {
  readonly container: ContainerRequest
  /** The absolute path of the image's entrypoint.sh. */
  readonly entrypoint: string
  readonly output: (line: string) => void
  /** The children to stop if this program ends without stopping its tasks. */
  readonly children: Set<ChildProcess>
}

/** Runs the image's entrypoint on this machine, as the current user. */
export async function startEntrypoint(input: StartEntrypointInput): Promise<RunningContainer> {
  const { container, children } = input
  const supervisor = join(dirname(input.entrypoint), 'supervise.sh')
  const child = spawn('/bin/sh', [input.entrypoint, ...(container.command ?? [])], {
    env: taskEnvironment(container, input),
    cwd: await workingDirectory(container),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lastLines = keepLastLines(input.output)
  lastLines.listen(child.stdout)
  lastLines.listen(child.stderr)
  await once(child, 'spawn').catch((error: Error) => {
    throw new StartFailure(`CannotStartContainerError: ${error.message}`)
  })
  children.add(child)
  let directory: string | undefined
  const end = async (signal: NodeJS.Signals) => {
    await heedsSigterm(child.pid ?? 0, existsSync(supervisor) ? supervisor : undefined)
    directory ??= await privateDirectory(child.pid ?? 0)
    child.kill(signal)
  }
  const exited = exitOf(child, lastLines, input).finally(async () => {
    children.delete(child)
    await removePrivateDirectory(directory)
  })
  return {
    runtimeId: String(child.pid),
    exited,
    // A health check needs the image's files, which are not on this machine.
    isHealthy: async () => true,
    terminate: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

/** In milliseconds. After a SIGKILL, the entrypoint's clock still needs time to remove the keys from this machine. */
const CLEAN_UP = 5_000

async function exitOf(
  child: ChildProcess,
  lastLines: LastLines,
  { taskId }: StartEntrypointInput,
): Promise<ContainerExit> {
  const [status, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  if (signal === 'SIGKILL') await groupEnds(child, CLEAN_UP)
  killGroup(child)
  await killLeftovers(taskId)
  return { code: status ?? 128 + (signal ? constants.signals[signal] : 0), lastLines: lastLines.last() }
}

/** The image's directory rarely exists on this machine. Otherwise the session starts in the home directory. */
async function workingDirectory({ workingDirectory: wanted }: ContainerRequest): Promise<string> {
  if (wanted === undefined) return homedir()
  const found = await stat(wanted).catch(() => undefined)
  return found?.isDirectory() ? wanted : homedir()
}

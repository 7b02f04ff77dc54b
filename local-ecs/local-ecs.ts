import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { type Account, openAccount } from './account/account.ts'
import { clientEnvironment, registerDefaultTarget } from './default-target.ts'
import { type ArmedFaults, armFaults } from './faults/armed-faults.ts'
import type { Fault } from './faults/parse-fault.ts'
import { LocalEcsError } from './local-ecs-error.ts'
import { chooseRunner } from './runners/choose-runner.ts'
import { sshdImageTag } from './runners/container/images/sshd-image.ts'
import type { RunnerKind } from './runners/runner.ts'
import { type LocalServer, serve } from './server.ts'
import { takeDown } from './take-down.ts'
import { DEFAULT_DELAYS, type Delays } from './task/delays.ts'
import { endTask } from './task/end-task.ts'
import type { TaskState } from './task/state.ts'
import type { StopCode } from './task/task.ts'

export interface LocalEcsOptions {
  /** The absolute path of the sshd image's folder, which contains Dockerfile and entrypoint.sh. */
  readonly imageDirectory: string
  /** The port on 127.0.0.1; 0, the default, means any free one. */
  readonly port?: number | undefined
  /** `auto`, the default, uses containers if an engine works, otherwise processes. */
  readonly runner?: RunnerKind | 'auto' | undefined
  /** The contents of Secrets Manager and Parameter Store, by the `valueFrom` of a container's secret. */
  readonly secrets?: Readonly<Record<string, string>> | undefined
  /** The milliseconds in each state. */
  readonly delays?: Partial<Delays> | undefined
  readonly faults?: readonly Fault[] | undefined
  /** Receives progress, one line at a time. */
  readonly log?: ((line: string) => void) | undefined
  /** Whether `log` also receives the tasks' output. */
  readonly verbose?: boolean | undefined
  /** Cancels the start. After the start, use `close`. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Starts an ECS on this machine. Tasks really run, as containers or as processes.
 * @throws LocalEcsError, or the signal's reason
 */
export async function startLocalEcs(options: LocalEcsOptions): Promise<LocalEcs> {
  const { imageDirectory, runner: kind = 'auto', log = () => {}, signal } = options
  await checkImageDirectory(imageDirectory)
  const output = options.verbose ? log : undefined
  const runner = await chooseRunner({ runner: kind, imageDirectory, log, output, signal })
  const faults = armFaults(options.faults)
  const delays = { ...DEFAULT_DELAYS, ...options.delays }
  const account = openAccount({ runner, faults, log, delays, secrets: options.secrets ?? {} })
  try {
    const image = await sshdImageTag(imageDirectory)
    registerDefaultTarget(account, image)
    signal?.throwIfAborted()
    return new LocalEcs(account, await serve(account, options.port ?? 0), image)
  } catch (error) {
    await runner.close()
    throw portInUse(error)
  }
}

/** A task that is not STOPPED. */
export interface AliveTask {
  readonly arn: string
  readonly lastStatus: TaskState
  /** Container IDs, or process IDs. */
  readonly runtimeIds: readonly string[]
}

/** A running local ECS. Disposing of it stops its tasks and takes it down. */
export class LocalEcs implements AsyncDisposable {
  readonly endpointUrl: string
  readonly runner: RunnerKind
  /** The variables that a client needs in its environment. */
  readonly environment: Readonly<Record<string, string>>
  /** Adds and clears faults. */
  readonly faults: Pick<ArmedFaults, 'add' | 'clear'>
  readonly #account: Account
  readonly #server: LocalServer
  #closing: Promise<void> | undefined

  constructor(account: Account, server: LocalServer, image: string) {
    this.endpointUrl = `http://127.0.0.1:${server.port}`
    this.runner = account.runner.kind
    this.environment = clientEnvironment(this.endpointUrl, image)
    this.faults = account.faults
    this.#account = account
    this.#server = server
  }

  /** Tasks that are not STOPPED. */
  get tasks(): readonly AliveTask[] {
    return [...this.#account.tasks.values()]
      .filter(({ lastStatus }) => lastStatus !== 'STOPPED')
      .map(({ arn, lastStatus, containers }) => ({
        arn,
        lastStatus,
        runtimeIds: containers.flatMap(({ runtimeId }) => runtimeId ?? []),
      }))
  }

  /** Ends a task as AWS would, by default because Spot takes the capacity back. */
  interrupt(
    taskArn: string,
    stopCode: StopCode = 'SpotInterruption',
    reason = 'Your Spot Task was interrupted.',
  ): void {
    const task = this.#account.tasks.get(taskArn)
    if (!task) throw new Error(`The local ECS has no task ${taskArn}`)
    endTask(task, { stopCode, reason })
  }

  close(): Promise<void> {
    this.#closing ??= takeDown(this.#account, this.#server)
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

async function checkImageDirectory(imageDirectory: string): Promise<void> {
  const entrypoint = join(imageDirectory, 'entrypoint.sh')
  await access(entrypoint).catch((cause: unknown) => {
    throw new LocalEcsError('image-missing', `There is no ${entrypoint}.`, {
      hint: 'The installation of fargate-login is incomplete: install it again.',
      cause,
    })
  })
}

function portInUse(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error
  return new LocalEcsError('port-unusable', `The local ECS cannot listen: ${message}`, {
    hint: 'Choose another port with --port, or leave it out.',
    cause: error,
  })
}

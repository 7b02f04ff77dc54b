import { FargateLoginError } from '../../core/error.ts'
import { makeContainerRunner } from './container/container-runner.ts'
import { prepareEngine } from './container/prepare-engine.ts'
import { sshdImageTag } from './container/sshd-image.ts'
import { findSshd } from './process/find-sshd.ts'
import { makeProcessRunner } from './process/process-runner.ts'
import type { Runner, RunnerKind } from './runner.ts'

export interface RunnerChoice {
  readonly runner: RunnerKind | 'auto'
  readonly imageDirectory: string
  readonly log: (line: string) => void
  /** Takes what the tasks print; absent, nobody listens. */
  readonly output: ((line: string) => void) | undefined
  readonly signal: AbortSignal | undefined
}

/** @throws FargateLoginError `local-unavailable`, or the reason of the signal */
export async function chooseRunner(choice: RunnerChoice): Promise<Runner> {
  switch (choice.runner) {
    case 'container':
      return containerRunner(choice).catch((error: Error) => {
        choice.signal?.throwIfAborted()
        throw unavailable(`No container engine that works: ${error.message}`, error)
      })
    case 'process': {
      const runner = await processRunner(choice)
      if (runner) return runner
      throw unavailable('This machine has no sshd.')
    }
    case 'auto':
      return containerRunner(choice).catch((error: Error) => fallBack(choice, error))
  }
}

async function containerRunner(choice: RunnerChoice): Promise<Runner> {
  const client = await prepareEngine(choice)
  const image = await sshdImageTag(choice.imageDirectory)
  return makeContainerRunner({ client, image, output: choice.output })
}

async function processRunner({ imageDirectory, log, output }: RunnerChoice): Promise<Runner | undefined> {
  const sshd = await findSshd()
  return sshd === undefined
    ? undefined
    : makeProcessRunner({ imageDirectory, sshd, log, output: output ?? (() => {}) })
}

async function fallBack(choice: RunnerChoice, reason: Error): Promise<Runner> {
  choice.signal?.throwIfAborted()
  const runner = await processRunner(choice)
  if (!runner) throw unavailable(`No container engine that works (${reason.message}) and no sshd.`, reason)
  choice.log(
    `tasks run as processes, on this machine's sshd: no container engine that works (${reason.message})`,
  )
  return runner
}

function unavailable(fact: string, cause?: Error): FargateLoginError {
  return new FargateLoginError('local-unavailable', fact, {
    hint: 'Install one of them, e.g.: apt install openssh-server (or docker.io, or podman)',
    cause,
  })
}

import { LocalEcsError } from '../local-ecs-error.ts'
import { makeContainerRunner } from './container/container-runner.ts'
import { prepareEngine } from './container/engine/prepare-engine.ts'
import { findSshd } from './process/find-sshd.ts'
import { makeProcessRunner } from './process/process-runner.ts'
import type { Runner, RunnerKind } from './runner.ts'

export interface ChooseRunnerInput {
  readonly runner: RunnerKind | 'auto'
  readonly imageDirectory: string
  readonly log: (line: string) => void
  /** Receives the tasks' output. If absent, nothing reads it. */
  readonly output: ((line: string) => void) | undefined
  readonly signal: AbortSignal | undefined
}

/** @throws LocalEcsError `runner-missing`, or the signal's reason */
export async function chooseRunner(input: ChooseRunnerInput): Promise<Runner> {
  switch (input.runner) {
    case 'container':
      return containerRunner(input).catch((error: Error) => {
        input.signal?.throwIfAborted()
        const hint = 'Install docker or podman (apt install podman), or use processes: --runner process'
        throw unavailable(`No working container engine: ${error.message}`, hint, error)
      })
    case 'process': {
      const runner = await processRunner(input)
      if (runner) return runner
      throw unavailable('This machine has no sshd.', 'Install it: apt install openssh-server')
    }
    case 'auto':
      return containerRunner(input).catch((error: Error) => fallBack(input, error))
  }
}

async function containerRunner(input: ChooseRunnerInput): Promise<Runner> {
  return makeContainerRunner({ ...(await prepareEngine(input)), output: input.output })
}

async function processRunner({
  imageDirectory,
  log,
  output,
}: ChooseRunnerInput): Promise<Runner | undefined> {
  const sshd = await findSshd()
  return sshd === undefined
    ? undefined
    : makeProcessRunner({ imageDirectory, sshd, log, output: output ?? (() => {}) })
}

async function fallBack(input: ChooseRunnerInput, reason: Error): Promise<Runner> {
  input.signal?.throwIfAborted()
  const runner = await processRunner(input)
  if (!runner) {
    const hint = 'Install one of them: apt install openssh-server (or podman, or docker)'
    throw unavailable(`No sshd and no working container engine (${reason.message}).`, hint, reason)
  }
  input.log(`Tasks run as processes, on this machine's sshd: no working container engine (${reason.message})`)
  return runner
}

function unavailable(fact: string, hint: string, cause?: Error): LocalEcsError {
  return new LocalEcsError('runner-missing', fact, { hint, cause })
}

import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { FargateLoginError } from '../../../core/error.ts'
import { isSentByTerminal } from '../../../terminal/controlling-terminal.ts'
import type { Context } from '../../context.ts'
import type { Environment } from './process-variable.ts'

/**
 * Runs a program on our own standard streams and passes signals on to it.
 * @returns its exit status, 128+N if signal N ended it
 * @throws FargateLoginError `usage` with exit status 127 or 126, as a shell, if it cannot be started
 */
export async function runProgram(
  [file = '', ...args]: readonly string[],
  environment: Environment,
  { cancel, divertSignals }: Context,
): Promise<number> {
  cancel.throwIfAborted()
  const child = spawn(file, args, { stdio: 'inherit', env: { ...environment } })
  using _relay = divertSignals((signal) => {
    if (!isSentByTerminal(signal)) child.kill(signal)
  })
  return await statusOf(child, file)
}

function statusOf(child: ChildProcess, file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(cannotStart(file, error)))
    child.once('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 255)))
  })
}

function cannotStart(file: string, error: NodeJS.ErrnoException): FargateLoginError {
  const notFound = error.code === 'ENOENT'
  return new FargateLoginError(
    'usage',
    notFound ? `There is no program "${file}" here.` : `"${file}" cannot be run: ${error.message}.`,
    {
      hint: 'The words after -- are a program of this machine and its arguments. For pipes and variables: -- sh -c',
      exitCode: notFound ? 127 : 126,
      cause: error,
    },
  )
}

import { spawn } from 'node:child_process'
import { FargateLoginError } from '../core/error.ts'
import type { RemoteExit } from '../core/exit-status.ts'
import { settleOnce } from '../core/wait/settle.ts'
import type { Programs } from '../session/ports/programs.ts'
import type { Signals } from '../session/ports/signals.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * @param own our environment
 * @param isSentByTerminal whether the program has the signal already
 */
export function makePrograms(
  own: Environment,
  signals: Signals,
  isSentByTerminal: (name: NodeJS.Signals) => boolean,
): Programs {
  return {
    async run({ argv: [file = '', ...args], variables, defaults }, signal) {
      signal.throwIfAborted()
      const stop = new AbortController()
      const child = spawn(file, args, { stdio: 'inherit', env: { ...defaults, ...own, ...variables } })
      using _diverted = signals.divert((name) => {
        if (!isSentByTerminal(name)) child.kill(name)
      })
      const onAbort = () => void child.kill('SIGTERM')
      signal.addEventListener('abort', onAbort)
      try {
        return await settleOnce<RemoteExit>(stop.signal, ({ resolve, reject }) => {
          child.once('error', (error: NodeJS.ErrnoException) => reject(cannotStart(file, error)))
          child.once('close', (code, name) => resolve(code === null ? { signal: name ?? '' } : { code }))
        })
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
    },
  }
}

function cannotStart(file: string, cause: NodeJS.ErrnoException): FargateLoginError {
  const isMissing = cause.code === 'ENOENT'
  return new FargateLoginError(
    'usage',
    isMissing ? `There is no program ${file} here.` : `${file} cannot be run: ${cause.message}.`,
    { hint: 'The command after -- runs on this machine.', exitCode: isMissing ? 127 : 126, cause },
  )
}

import type { Writable } from 'node:stream'
import { FargateLoginError } from '../../../core/error.ts'
import { identifyProcess } from '../../../local-process.ts'
import type { Context } from '../../context.ts'
import { clientVariables, shellLines } from './client-variables.ts'
import type { LocalOptions } from './options.ts'
import { say, startEcs } from './start-ecs.ts'

/** Runs the embedded ECS until it is cancelled, and prints the variables that lead a client to it. */
export async function serve(options: LocalOptions, context: Context): Promise<void> {
  const { streams, cancel, environment, finish } = context
  await using ecs = await startEcs(options, context)
  const variables = clientVariables(ecs.environment, environment, await identifyProcess(process.pid))
  await print(streams.stdout, shellLines(variables))
  say(
    context,
    `The embedded ECS is at ${ecs.endpointUrl}; its tasks run on the ${ecs.runner} runner. Ctrl-C stops it and its tasks.`,
  )
  await aborted(cancel)
  // A signal is the normal end of this command, but its caller may still want the status.
  finish((cancel.reason as { exitCode?: number }).exitCode ?? 0)
}

/** Nobody can find an endpoint whose variables were lost. @throws FargateLoginError `stream-failed` */
function print(stdout: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(text, (error) => {
      if (error) reject(unprintable(error))
      else resolve()
    })
  })
}

function unprintable(cause: Error): FargateLoginError {
  return new FargateLoginError('stream-failed', `The variables cannot be printed: ${cause.message}.`, {
    hint: 'Fix the cause (a full disk?) and retry.',
    cause,
  })
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { FargateLoginError } from '../../../core/error.ts'
import { findProcess, identifyProcess } from '../../../local-process.ts'
import { sessionLeader } from '../../../session-leader.ts'
import type { Context } from '../../context.ts'
import type { Ready, Release } from './background-protocol.ts'
import { clientVariables, shellLines } from './client-variables.ts'
import { type LocalOptions, optionWords } from './options.ts'
import { PROCESS_VARIABLE } from './process-variable.ts'
import { say } from './start-ecs.ts'

export const EVAL_DETACH = 'eval "$(fargate-login local --detach)"'
export const EVAL_STOP = 'eval "$(fargate-login local --stop)"'

/** Starts the embedded ECS in the background. Prints its variables once it listens, and ends. */
export async function detach(options: LocalOptions, context: Context): Promise<void> {
  const { environment, streams, cancel, finish } = context
  await refuseSecond(environment[PROCESS_VARIABLE])
  const child = startBackground(options, streams.stderr)
  const end = () => child.connected && child.disconnect()
  cancel.addEventListener('abort', end, { once: true })
  const ended = once(child, 'exit') as Promise<[number | null]>
  const ready = await Promise.race([once(child, 'message') as Promise<[Ready]>, ended.then(() => undefined)])
  if (!ready || cancel.aborted) {
    end()
    const [status] = await ended
    cancel.throwIfAborted()
    // It has said why on stderr.
    return finish(status || 255)
  }

  const [{ environment: ours, endpointUrl, runner }] = ready
  const variables = clientVariables(ours, environment, await identifyProcess(child.pid ?? 0))
  await print(streams.stdout, shellLines(variables)).catch(async (error: unknown) => {
    end()
    await ended
    throw error
  })
  await release(child)
  say(context, `The embedded ECS is at ${endpointUrl}; its tasks run on the ${runner} runner.`)
  if (streams.stdout.isTTY) say(context, 'Paste these lines, or start it with:', EVAL_DETACH)
}

async function refuseSecond(identity: string | undefined): Promise<void> {
  if (!identity || (await findProcess(identity)) === undefined) return
  throw new FargateLoginError('local-unavailable', 'A local ECS of this shell is running already.', {
    hint: `Use it, or end it first with:\n${EVAL_STOP}`,
  })
}

/** A session of its own, so that Ctrl-C at the prompt does not reach it. */
function startBackground(options: LocalOptions, stderr: NodeJS.WriteStream): ChildProcess {
  const [, script = ''] = process.argv
  const words = [...process.execArgv, script, 'local', ...optionWords(options), '--background']
  const child = spawn(process.execPath, words, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  child.stderr?.on('data', (chunk) => stderr.write(chunk))
  return child
}

async function release(child: ChildProcess): Promise<void> {
  const leader = await sessionLeader()
  const message: Release = leader === undefined ? {} : { leader: await identifyProcess(leader) }
  await new Promise<void>((resolve) => child.send(message, () => resolve()))
  child.disconnect()
  child.stderr?.destroy()
  child.unref()
}

function print(stdout: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => stdout.write(text, (error) => (error ? reject(error) : resolve())))
}

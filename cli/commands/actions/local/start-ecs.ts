import { FargateLoginError } from '../../../core/error.ts'
import { imageDirectory } from '../../../image-directory.ts'
import {
  type Fault,
  faultMistake,
  type LocalEcs,
  parseFault,
  startLocalEcs,
} from '../../../load-local-ecs.ts'
import { printableBlock, printableLine } from '../../../terminal/printable.ts'
import type { Context } from '../../context.ts'
import type { LocalOptions } from './options.ts'

/**
 * Starts the embedded ECS. Its progress and, with --verbose, its tasks' output go to stderr.
 * @param signal cancels the start
 */
export async function startEcs(
  { port, runner, secret: secrets, fault = [], verbose }: LocalOptions,
  context: Context,
  signal: AbortSignal = context.cancel,
): Promise<LocalEcs> {
  const faults = await Promise.all(fault.map(readFault))
  return await startLocalEcs({
    imageDirectory,
    runner,
    secrets,
    faults,
    signal,
    ...(port !== undefined && { port }),
    log: (text) => say(context, text),
    verbose,
  })
}

/** A text on stderr, with each command to paste on a line of its own below. */
export function say({ streams }: Context, text: string, ...commands: readonly string[]): void {
  const lines = commands.map((command) => `  ${printableLine(command)}\n`)
  streams.stderr.write(`fargate-login: ${printableBlock(text)}\n${lines.join('')}`)
}

/** Commander's own parsing cannot wait for an import. */
async function readFault(text: string): Promise<Fault> {
  const fault = await parseFault(text)
  if (fault) return fault
  throw new FargateLoginError('usage', `--fault ${text}: ${await faultMistake(text)}`, {
    hint: 'For example --fault RunTask=hang. All of them are in docs/local.md.',
  })
}

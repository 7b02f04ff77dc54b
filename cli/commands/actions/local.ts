import { FargateLoginError } from '../../core/error.ts'
import { quoteWord } from '../../core/text/quote.ts'
import { imageDirectory } from '../../image-directory.ts'
import { type Fault, parseFault, startLocalEcs } from '../../load-local-ecs.ts'
import { printableBlock } from '../../terminal/printable.ts'
import type { Context } from '../context.ts'

export interface LocalOptions {
  readonly port?: number
  readonly runner: 'auto' | 'container' | 'process'
  readonly secret?: Readonly<Record<string, string>>
  readonly fault?: readonly string[]
  readonly verbose?: boolean
}

/** Runs the embedded ECS until it is cancelled. */
export async function serve(
  { port, runner, secret: secrets, fault = [], verbose }: LocalOptions,
  { streams, cancel, finish }: Context,
): Promise<void> {
  const faults = await Promise.all(fault.map(readFault))
  const log = (text: string) => streams.stderr.write(`fargate-login: ${printableBlock(text)}\n`)
  await using ecs = await startLocalEcs({
    imageDirectory,
    runner,
    secrets,
    faults,
    signal: cancel,
    ...(port !== undefined && { port }),
    log,
    verbose,
  })
  for (const [name, value] of Object.entries(ecs.environment)) {
    streams.stdout.write(`export ${name}=${quoteWord(value)}\n`)
  }
  log(
    `embedded ECS at ${ecs.endpointUrl}, tasks run on the ${ecs.runner} runner; Ctrl-C stops it and its tasks`,
  )
  await aborted(cancel)
  // A signal is the normal end of this command, but its caller may still want the status.
  finish((cancel.reason as { exitCode?: number }).exitCode ?? 0)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Commander's own parsing cannot wait for an import. */
async function readFault(text: string): Promise<Fault> {
  const fault = await parseFault(text)
  if (fault) return fault
  const expected = 'expected OPERATION=WHAT or task=WHAT, with an optional *TIMES'
  throw new FargateLoginError('usage', `--fault: ${expected}, got "${text}".`, {
    hint: 'For example --fault RunTask=hang. All of them are in docs/local.md.',
  })
}

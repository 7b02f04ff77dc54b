import type { Command } from 'commander'
import { quoteWord } from '../../core/text/quote.ts'
import { type Fault, parseFault, startLocalEcs } from '../../load-local-ecs.ts'
import { imageDirectory } from '../../package.ts'
import { printableBlock } from '../../terminal/printable.ts'
import type { Context } from '../context.ts'

export interface LocalOptions {
  readonly port?: number
  readonly runner: 'auto' | 'container' | 'process'
  readonly secret?: Readonly<Record<string, string>>
  readonly fault?: readonly string[]
  readonly verbose?: boolean
}

/** Runs the embedded ECS until the cancel. */
export async function serve(
  { port, runner, secret: secrets, fault = [], verbose }: LocalOptions,
  { streams, cancel, finish }: Context,
  command: Command,
): Promise<void> {
  const faults = await Promise.all(fault.map((text) => readFault(text, command)))
  const say = (text: string) => streams.stderr.write(`fargate-login: ${printableBlock(text)}\n`)
  await using ecs = await startLocalEcs({
    imageDirectory,
    runner,
    secrets,
    faults,
    signal: cancel,
    ...(port !== undefined && { port }),
    log: say,
    verbose,
  })
  for (const [name, value] of Object.entries(ecs.environment)) {
    streams.stdout.write(`export ${name}=${quoteWord(value)}\n`)
  }
  say(
    `embedded ECS at ${ecs.endpointUrl}, tasks run on the ${ecs.runner} runner; Ctrl-C ends it and its tasks`,
  )
  await new Promise<void>((resolve) => cancel.addEventListener('abort', () => resolve(), { once: true }))
  // To be ended by a signal is this command's normal end, and its caller may still want to know.
  finish((cancel.reason as { exitCode?: number }).exitCode ?? 0)
}

/** Words a mistake as commander does, whose parsing cannot wait for ours to be loaded. */
async function readFault(text: string, command: Command): Promise<Fault> {
  const fault = await parseFault(text)
  if (fault) return fault
  return command.error(
    `error: option '--fault <OPERATION=WHAT>' argument '${text}' is invalid. ` +
      'Expected OPERATION=WHAT or task=WHAT, perhaps with *TIMES, see docs/local.md.',
  )
}

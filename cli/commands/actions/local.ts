import type { Writable } from 'node:stream'
import type { Command } from 'commander'
import { streamFailed } from '../../core/stream-failed.ts'
import { quoteWord } from '../../core/text/quote.ts'
import { imageDirectory } from '../../image-directory.ts'
import { type Fault, faultMistake, parseFault, startLocalEcs } from '../../load-local-ecs.ts'
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
  command: Command,
): Promise<void> {
  const faults = await Promise.all(fault.map((text) => readFault(text, command)))
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
  const lines = Object.entries(ecs.environment).map(([name, value]) => `export ${name}=${quoteWord(value)}\n`)
  await print(streams.stdout, lines.join(''))
  log(
    `embedded ECS at ${ecs.endpointUrl}, tasks run on the ${ecs.runner} runner; Ctrl-C stops it and its tasks`,
  )
  await aborted(cancel)
  // A signal is the normal end of this command, but its caller may still want the status.
  finish((cancel.reason as { exitCode?: number }).exitCode ?? 0)
}

/** Nobody can find an endpoint whose variables were lost. @throws FargateLoginError `stream-failed` */
function print(stdout: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(text, (error) => {
      if (error) reject(streamFailed('The variables cannot be printed', error))
      else resolve()
    })
  })
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Reports a mistake in commander's form, because commander's own parsing cannot wait for an import. */
async function readFault(text: string, command: Command): Promise<Fault> {
  const fault = await parseFault(text)
  if (fault) return fault
  return command.error(
    `error: option '--fault <OPERATION=WHAT>' argument '${text}' is invalid. ${await faultMistake(text)}`,
  )
}

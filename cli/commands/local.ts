import { Command, InvalidArgumentError, Option } from 'commander'
import { quoteWord } from '../core/quote.ts'
import { type Fault, type LocalEcsOptions, parseFault, startLocalEcs } from '../load-local-ecs.ts'
import { imageDirectory } from '../package.ts'
import { printableBlock } from '../terminal/printable.ts'
import type { Context } from './context.ts'
import { examples } from './session-command.ts'
import { refuseWords } from './words.ts'

export function localCommand(context: Context): Command {
  return new Command('local')
    .description('run the embedded ECS in the foreground; prints the variables that lead any client to it')
    .option('--port <N>', 'port of the endpoint (default: any free one)', port)
    .addOption(
      new Option('--runner <KIND>', 'what runs the tasks')
        .choices(['auto', 'container', 'process'])
        .default('auto'),
    )
    .option(
      '--secret <VALUE_FROM=VALUE>',
      "what a secret or parameter holds, by the ARN or name in a task definition's secrets; repeatable",
      secret,
    )
    .option(
      '--fault <OPERATION=WHAT>',
      'let calls or tasks fail: RunTask=hang, StopTask=500*2, task=cannot-pull (docs/local.md); repeatable',
      (text: string, earlier: readonly string[] = []) => [...earlier, text],
    )
    .option('-v, --verbose', "also show the tasks' output, on stderr")
    .addHelpText(
      'after',
      examples(
        '$ fargate-login local > ecs.env &      # later: kill %1',
        '$ . ./ecs.env',
        '$ fargate-login exec -- id',
        '$ aws ecs list-tasks --endpoint-url "$AWS_ENDPOINT_URL"',
      ),
    )
    .action(async ({ fault = [], ...options }: LocalOptions, command: Command) => {
      refuseWords(context, 'local')
      const faults = await Promise.all(fault.map((text) => readFault(text, command)))
      await serve({ ...options, faults }, context)
    })
}

interface LocalOptions {
  readonly port?: number
  readonly runner: 'auto' | 'container' | 'process'
  readonly secret?: Readonly<Record<string, string>>
  readonly fault?: readonly string[]
  readonly verbose?: boolean
}

type ServeInput = Omit<LocalOptions, 'fault'> & Pick<LocalEcsOptions, 'faults'>

async function serve(
  { port, runner, secret: secrets, faults, verbose }: ServeInput,
  { streams, cancel, finish }: Context,
): Promise<void> {
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

function port(text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= 0 && number <= 65535) return number
  throw new InvalidArgumentError('Expected a port, 0 to 65535.')
}

/** Neither an ARN nor the name of a parameter has an equals sign; a value may. */
function secret(text: string, earlier: Readonly<Record<string, string>> = {}) {
  const at = text.indexOf('=')
  if (at > 0) return { ...earlier, [text.slice(0, at)]: text.slice(at + 1) }
  throw new InvalidArgumentError('Expected VALUE_FROM=VALUE.')
}

/** Words a mistake as commander does, which cannot wait for the parser to be loaded. */
async function readFault(text: string, command: Command): Promise<Fault> {
  const fault = await parseFault(text)
  if (fault) return fault
  return command.error(
    `error: option '--fault <OPERATION=WHAT>' argument '${text}' is invalid. ` +
      'Expected OPERATION=WHAT or task=WHAT, perhaps with *TIMES, see docs/local.md.',
  )
}

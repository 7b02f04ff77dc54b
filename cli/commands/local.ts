import { Command, InvalidArgumentError, Option } from 'commander'
import { FargateLoginError } from '../core/error.ts'
import type { LocalOptions } from './actions/local/options.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'

export function localCommand(context: Context): Command {
  return new Command('local')
    .description('run an embedded ECS for any AWS client, around CMD or alone')
    .summary('run an embedded ECS for any AWS client')
    .usage('[options] [-- CMD [ARG...]]')
    .option(
      '--detach',
      'leave it running until --stop or the end of this terminal, and print the variables for eval',
    )
    .option('--stop', 'end the one that this shell uses, and print what makes eval forget its variables')
    .option('--port <N>', 'port of the endpoint (default: any free one)', port)
    .addOption(
      new Option('--runner <KIND>', 'what runs the tasks')
        .choices(['auto', 'container', 'process'])
        .default('auto'),
    )
    .option(
      '--secret <VALUE_FROM=VALUE>',
      "value of a secret or parameter, by the ARN or name in a task definition's secrets; repeatable",
      secret,
    )
    .option(
      '--fault <OPERATION=WHAT>',
      'make calls or tasks fail: RunTask=hang, StopTask=500*2, task=cannot-pull (docs/local.md); repeatable',
      (text: string, earlier: readonly string[] = []) => [...earlier, text],
    )
    .option('-v, --verbose', "print the tasks' output as well, on stderr")
    .addHelpText(
      'after',
      examples(
        '$ fargate-login local -- fargate-login exec -- id',
        "$ fargate-login local -- sh -c 'aws ecs list-clusters && make test'",
        '$ eval "$(fargate-login local --detach)"',
        '$ fargate-login exec -- id',
        '$ eval "$(fargate-login local --stop)"',
      ),
    )
    .addOption(new Option('--background').hideHelp())
    .action(async (options: LocalFlags) => {
      checkWays(options, context)
      await act(options, context)
    })
}

interface LocalFlags extends LocalOptions {
  readonly detach?: true
  readonly stop?: true
  /** Marks the process that --detach starts. */
  readonly background?: true
}

async function act(options: LocalFlags, context: Context): Promise<void> {
  if (options.stop) return (await import('./actions/local/stop.ts')).stopLocalEcs(context)
  if (options.detach) return (await import('./actions/local/detach.ts')).detach(options, context)
  if (options.background) {
    const { serveInBackground } = await import('./actions/local/background.ts')
    return serveInBackground(options, context)
  }
  if (context.remoteArgv) {
    const { runAround } = await import('./actions/local/run-around.ts')
    return runAround(context.remoteArgv, options, context)
  }
  return (await import('./actions/local/serve.ts')).serve(options, context)
}

/** @throws FargateLoginError `usage` if the command line asks for two things at once */
function checkWays({ detach, stop, verbose }: LocalFlags, { remoteArgv }: Context): void {
  if (remoteArgv && remoteArgv[0] === undefined) {
    throw usage('There is no command after the two dashes.', 'Add it:\nfargate-login local -- CMD [ARG...]')
  }
  if (remoteArgv && (detach || stop)) {
    const option = stop ? '--stop' : '--detach'
    throw usage(`${option} takes no command.`, `Drop ${option}, or the two dashes and the command.`)
  }
  if (detach && stop) throw usage('--detach and --stop exclude each other.', 'Use only one of them.')
  if (detach && verbose) {
    throw usage("--detach has no place for the tasks' output.", 'Drop -v, or --detach.')
  }
}

function usage(message: string, hint: string): FargateLoginError {
  return new FargateLoginError('usage', message, { hint })
}

function port(text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= 0 && number <= 65535) return number
  throw new InvalidArgumentError('expected a port from 0 to 65535')
}

/** An equals sign cannot appear in an ARN or a parameter's name, only in a value. */
function secret(text: string, earlier: Readonly<Record<string, string>> = {}) {
  const at = text.indexOf('=')
  if (at > 0) return { ...earlier, [text.slice(0, at)]: text.slice(at + 1) }
  throw new InvalidArgumentError('expected VALUE_FROM=VALUE')
}

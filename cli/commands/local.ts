import { Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { refuseRemoteArgv } from './remote-argv.ts'

export function localCommand(context: Context): Command {
  return new Command('local')
    .description('run the embedded ECS in the foreground and print the variables that lead any client to it')
    .summary('run the embedded ECS in the foreground')
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
        '$ fargate-login local > ecs.env &      # later: kill %1',
        '$ . ./ecs.env',
        '$ fargate-login exec -- id',
        '$ aws ecs list-tasks --endpoint-url "$AWS_ENDPOINT_URL"',
      ),
    )
    .action(async (options, command: Command) => {
      refuseRemoteArgv(context, 'local')
      const { serve } = await import('./actions/local.ts')
      await serve(options, context, command)
    })
}

function port(text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= 0 && number <= 65535) return number
  throw new InvalidArgumentError('Expected a port, 0 to 65535.')
}

/** An equals sign cannot appear in an ARN or a parameter's name, only in a value. */
function secret(text: string, earlier: Readonly<Record<string, string>> = {}) {
  const at = text.indexOf('=')
  if (at > 0) return { ...earlier, [text.slice(0, at)]: text.slice(at + 1) }
  throw new InvalidArgumentError('Expected VALUE_FROM=VALUE.')
}

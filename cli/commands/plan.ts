import type { Command } from 'commander'
import { COPY, sessionCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'

export function planCommand(context: Context): Command {
  return sessionCommand('plan', 'print what a login would do, and change nothing', ['dryRun', ...COPY])
    .summary('print what a login would do, and its price')
    .argument('[target]', 'a target of fargate-login.yaml')
    .usage('[target] [options] [-- CMD [ARG...]]')
    .addHelpText(
      'after',
      examples('$ fargate-login plan web', '$ fargate-login plan web --json | jq .centsPerHour'),
    )
    .action(async (target, flags) => {
      const { remoteArgv } = context
      const command = remoteArgv?.length ? remoteArgv : undefined
      const { openSession } = await import('./actions/open-session.ts')
      await openSession(
        {
          target,
          flags: { ...flags, dryRun: true },
          use: command ? 'command' : 'console',
          command: () => command,
        },
        context,
      )
    })
}

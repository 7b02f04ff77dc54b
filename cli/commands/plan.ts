import type { Command } from 'commander'
import { quoteWords } from '../core/text/quote.ts'
import type { Context } from './context.ts'
import { openSession } from './open-session.ts'
import { examples, sessionCommand } from './session-command.ts'

export function planCommand(context: Context): Command {
  return sessionCommand('plan', 'print what a login would do, and change nothing')
    .argument('[target]', 'a target of fargate-login.yaml')
    .usage('[target] [options] [-- CMD [ARG...]]')
    .addHelpText(
      'after',
      examples('$ fargate-login plan web', '$ fargate-login plan web --json | jq .centsPerHour'),
    )
    .action(async (target, flags) => {
      const { words } = context
      const command = words?.length ? quoteWords(words) : undefined
      const order = {
        target,
        flags: { ...flags, dryRun: true },
        interactive: !command,
        command: () => command,
      }
      await openSession(order, context)
    })
}

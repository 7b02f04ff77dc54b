import type { Command } from 'commander'
import { railsCommand } from '../core/plan/remote-request.ts'
import type { Context } from './context.ts'
import { openSession } from './open-session.ts'
import { examples, sessionCommand } from './session-command.ts'

export function railsConsoleCommand(context: Context): Command {
  return sessionCommand('rails', "Rails console in the app's directory with the app's environment")
    .argument('[target]', 'a target of fargate-login.yaml')
    .usage('[target] [options] [-- ARG...]')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login rails web',
        '$ fargate-login rails web -- --sandbox',
        "$ echo 'puts User.count' | fargate-login rails web",
      ),
    )
    .action(async (target, flags) => {
      const command = railsCommand(context.words ?? [])
      await openSession({ target, flags, interactive: true, command: () => command }, context)
    })
}

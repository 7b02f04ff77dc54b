import type { Command } from 'commander'
import { railsCommand } from '../core/plan/rails.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { sessionCommand } from './session-command.ts'

export function railsConsoleCommand(context: Context): Command {
  return sessionCommand('rails', "open a Rails console in the app's directory with the app's environment")
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
      const command = railsCommand(context.remoteArgv ?? [])
      const { openSession } = await import('./actions/open-session.ts')
      await openSession({ target, flags, interactive: true, command: () => command }, context)
    })
}

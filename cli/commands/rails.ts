import type { Command } from 'commander'
import { sessionCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'

export function railsConsoleCommand(context: Context): Command {
  return sessionCommand('rails', "open a Rails console in the app's directory with the app's environment")
    .summary('open a Rails console in a new task')
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
      const { openRailsConsole } = await import('./actions/open-rails-console.ts')
      await openRailsConsole({ target, flags }, context)
    })
}

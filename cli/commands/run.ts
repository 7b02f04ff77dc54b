import type { Command } from 'commander'
import { sessionCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'

export function runCommand(context: Context): Command {
  return sessionCommand('run', 'run a shortcut of fargate-login.yaml in a new one-off task')
    .summary('run a shortcut of fargate-login.yaml in a new task')
    .argument('<shortcut>', 'a name under shortcuts: in fargate-login.yaml')
    .argument('[target]', 'a target of fargate-login.yaml')
    .usage('<shortcut> [target] [options] [-- ARG...]')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login run migrate staging',
        "$ fargate-login run task web -- report:daily 'week 7'",
      ),
    )
    .action(async (name, target, flags) => {
      const { runShortcut } = await import('./actions/run-shortcut.ts')
      await runShortcut({ name, target, flags }, context)
    })
}

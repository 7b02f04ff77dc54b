import type { Command } from 'commander'
import { placeCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { refuseRemoteArgv } from './remote-argv.ts'

export function listCommand(context: Context): Command {
  return placeCommand('list', 'list the live tasks of a cluster that fargate-login started for you')
    .summary('list your live sessions')
    .alias('ls')
    .alias('ps')
    .argument('[target]', 'a target of fargate-login.yaml')
    .option('--all', "include other people's tasks")
    .option('--json', 'print a JSON array')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login list --cluster production',
        '$ fargate-login list web --all',
        "$ fargate-login list --json | jq -r '.[].session'",
      ),
    )
    .action(async (target, flags) => {
      refuseRemoteArgv(context, 'list')
      const { list } = await import('./actions/list.ts')
      await list({ target, flags }, context)
    })
}

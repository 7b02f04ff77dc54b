import type { Command } from 'commander'
import { placeCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { refuseRemoteArgv } from './remote-argv.ts'

export function stopCommand(context: Context): Command {
  return placeCommand('stop', 'stop tasks that fargate-login started, and no others')
    .summary('stop sessions')
    .argument(
      '[id|target...]',
      'session ID, task ID or ARN, or the beginning of one; or a target of fargate-login.yaml',
    )
    .option('--mine', 'stop all your tasks on the cluster')
    .option('--all', "stop everyone's tasks on the cluster; asks first")
    .option('--dead', 'stop the tasks that killed processes of this machine left behind, on any cluster')
    .option('-y, --yes', 'with --all: do not ask')
    .option('--target <NAME>', 'a target of fargate-login.yaml')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login stop qk3v           # the beginning of a listed ID',
        '$ fargate-login stop web            # your session of target web',
        '$ fargate-login stop --mine --cluster production',
        '$ fargate-login stop --dead',
      ),
    )
    .action(async (ids, flags) => {
      refuseRemoteArgv(context, 'stop')
      const { stop } = await import('./actions/stop.ts')
      await stop({ ids, flags }, context)
    })
}

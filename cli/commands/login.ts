import type { Command } from 'commander'
import { sessionCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { refuseRemoteArgv } from './remote-argv.ts'

export function loginCommand(context: Context): Command {
  return sessionCommand('login', 'open an interactive shell in a new one-off task (the default command)')
    .summary('open a shell in a new task (the default command)')
    .argument('[target]', 'a target of fargate-login.yaml')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login --service web --cluster production',
        '$ fargate-login login staging          # a target of fargate-login.yaml',
        '$ fargate-login --local                # try it without AWS',
      ),
    )
    .action(async (target, flags) => {
      refuseRemoteArgv(context, 'login')
      const { openSession } = await import('./actions/open-session.ts')
      await openSession({ target, flags, use: 'console', command: () => undefined }, context)
    })
}

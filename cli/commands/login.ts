import type { Command } from 'commander'
import type { Context } from './context.ts'
import { openSession } from './open-session.ts'
import { examples, sessionCommand } from './session-command.ts'
import { refuseWords } from './words.ts'

export function loginCommand(context: Context): Command {
  return sessionCommand('login', 'interactive shell in a new one-off task (the default command)')
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
      refuseWords(context, 'login')
      await openSession({ target, flags, interactive: true, command: () => undefined }, context)
    })
}

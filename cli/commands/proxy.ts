import type { Command } from 'commander'
import { COPY, FORWARDS, PROGRAM, sessionCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { refuseRemoteArgv } from './remote-argv.ts'

export function proxyCommand(context: Context): Command {
  return sessionCommand('proxy', "be stock ssh's ProxyCommand; fargate-login ssh-config writes it", [
    ...COPY,
    ...PROGRAM,
    ...FORWARDS,
  ])
    .argument('<target>', 'a target of fargate-login.yaml')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login proxy web   # as ~/.ssh/config has it after: fargate-login ssh-config --install',
      ),
    )
    .action(async (target, flags) => {
      refuseRemoteArgv(context, 'proxy')
      const { openProxy } = await import('./actions/proxy.ts')
      await openProxy({ target, flags }, context)
    })
}

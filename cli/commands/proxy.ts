import type { Command } from 'commander'
import { sessionCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { refuseRemoteArgv } from './remote-argv.ts'

export function proxyCommand(context: Context): Command {
  return sessionCommand('proxy', "be stock ssh's ProxyCommand; fargate-login ssh-config writes it", [
    'detach',
    'pty',
    'forwardAgent',
    ...(['localForward', 'remoteForward', 'dynamicForward'] as const),
  ])
    .argument('<target>', 'a target of fargate-login.yaml')
    .addHelpText(
      'after',
      examples('$ ssh -o ProxyCommand="fargate-login proxy web" … # better: fargate-login ssh-config'),
    )
    .action(async (target, flags) => {
      refuseRemoteArgv(context, 'proxy')
      const { openProxy } = await import('./actions/proxy.ts')
      await openProxy({ target, flags }, context)
    })
}

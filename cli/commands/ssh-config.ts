import { Command } from 'commander'
import { addConfigFlag, addSettingFlags } from '../config/flags.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { refuseRemoteArgv } from './remote-argv.ts'

export function sshConfigCommand(context: Context): Command {
  const command = new Command('ssh-config')
    .description('let stock ssh, scp, rsync, git and editors reach targets: ssh TARGET.fargate')
    .summary('let ssh, rsync and editors in: ssh TARGET.fargate')
  return addConfigFlag(addSettingFlags(command, ['region', 'profile', 'endpointUrl', 'verbosity']))
    .argument('[target...]', 'targets of fargate-login.yaml; none: all')
    .option('--install', 'keep the hosts in a file of ours, which ~/.ssh/config includes first')
    .option('--uninstall', 'take them out again')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login ssh-config --install',
        '$ fargate-login up web && ssh web.fargate',
        '$ rsync -a web.fargate:/app/log/ log/',
      ),
    )
    .action(async (targets, flags) => {
      refuseRemoteArgv(context, 'ssh-config')
      const { sshConfig } = await import('./actions/ssh-config.ts')
      await sshConfig({ targets, flags }, context)
    })
}

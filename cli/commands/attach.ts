import { Command } from 'commander'
import { addConfigFlag, addSettingFlags } from '../config/flags.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { refuseRemoteArgv } from './remote-argv.ts'

export function attachCommand(context: Context): Command {
  const command = new Command('attach').description('return to a session that --detach left running')
  return addConfigFlag(addSettingFlags(command, ['profile', 'endpointUrl', 'stdin', 'verbosity']), 'Options')
    .argument('<id|target>', 'session ID, or the beginning of one; or a target of fargate-login.yaml')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login exec --detach web -- bin/rake reindex   # prints the ID',
        '$ fargate-login attach qk3v                             # ~. leaves it running',
        '$ fargate-login attach web                              # by its target',
      ),
    )
    .action(async (id, flags) => {
      refuseRemoteArgv(context, 'attach')
      const { attach } = await import('./actions/attach.ts')
      await attach({ id, flags }, context)
    })
}

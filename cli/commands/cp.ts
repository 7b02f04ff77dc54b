import { type Command, Option } from 'commander'
import { FORWARDS, PROGRAM, sessionCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { refuseRemoteArgv } from './remote-argv.ts'

/** Flags of cp, scp and rsync for what is done anyway: folders with their content, modes and times. */
const KNOWN_FLAGS = ['-r', '-R', '-a', '-p']

export function copyCommand(context: Context): Command {
  const command = sessionCommand('cp', 'copy files and folders to or from a new one-off task', [
    ...PROGRAM,
    ...FORWARDS,
  ])
    .summary('copy files and folders, both ways')
    .argument('<paths...>', 'SRC... DST; a remote path is [TARGET]:PATH, and - is stdin or stdout')
    .usage('SRC... DST [options]')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login cp web:/app/log/production.log .',
        '$ fargate-login cp dump.sql config/ web:/tmp',
        '$ fargate-login cp :/etc/hosts - --service web | head',
        "$ fargate-login cp 'web:/var/log/*.gz' logs/ --verify",
      ),
    )
    .action(async (words, flags) => {
      refuseRemoteArgv(context, 'cp')
      const { copyFiles } = await import('./actions/copy.ts')
      await copyFiles({ words, flags }, context)
    })
  for (const flag of KNOWN_FLAGS) command.addOption(new Option(flag).hideHelp())
  return command
}

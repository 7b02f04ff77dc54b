import type { Command } from 'commander'
import { sessionCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { requireRemoteArgv } from './remote-argv.ts'

export function execCommand(context: Context): Command {
  return sessionCommand(
    'exec',
    'run one command in a new one-off task; stdin and exit status are passed through',
  )
    .summary('run one command in a new task')
    .argument('[target]', 'a target of fargate-login.yaml')
    .usage('[target] [options] -- CMD [ARG...]')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login exec web -- bin/rails db:migrate',
        '$ fargate-login exec web -- sh -c \'pg_dump "$DATABASE_URL"\' > dump.sql',
        '$ fargate-login exec web -t -- htop',
      ),
    )
    .action(async (target, flags) => {
      const command = requireRemoteArgv(context, 'exec')
      const { openSession } = await import('./actions/open-session.ts')
      await openSession({ target, flags, use: 'command', command: () => command }, context)
    })
}

import type { Command } from 'commander'
import { quoteWords } from '../core/text/quote.ts'
import type { Context } from './context.ts'
import { openSession } from './open-session.ts'
import { examples, sessionCommand } from './session-command.ts'
import { requireWords } from './words.ts'

export function execCommand(context: Context): Command {
  return sessionCommand('exec', 'one command in a new one-off task: stdin and exit status passed through')
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
      const command = quoteWords(requireWords(context, 'exec'))
      await openSession({ target, flags, interactive: false, command: () => command }, context)
    })
}

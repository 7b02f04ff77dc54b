import type { Command } from 'commander'
import { COPY, PROGRAM, sessionCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'

export function forwardCommand(context: Context): Command {
  return sessionCommand('forward', 'reach what the task can reach: databases, caches, internal web servers', [
    ...COPY,
    ...PROGRAM,
  ])
    .summary('reach what the task can reach, such as databases')
    .argument('[target]', 'a target of fargate-login.yaml')
    .option('--db [VARIABLE]', "forward to the database of the task's DATABASE_URL, or of another variable")
    .option('--show-password', 'with --db: print the URL with its password')
    .usage('[target] [options] [-- CMD [ARG...]]')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login forward web -L 5432:db.internal:5432',
        '$ fargate-login forward web --db',
        '$ fargate-login forward web --db -- sh -c \'psql "$DATABASE_URL"\'',
        '$ fargate-login forward web -D 1080',
        "$ fargate-login forward web -L 0:db.internal:5432 -- sh -c 'psql -p $FARGATE_LOGIN_FORWARD_1'",
      ),
    )
    .action(async (target, flags) => {
      const { openForwards } = await import('./actions/open-forwards.ts')
      await openForwards({ target, flags }, context)
    })
}

import type { Command } from 'commander'
import { DEFAULT_KEEP_SECONDS } from '../core/plan/keep.ts'
import { COPY, FORWARDS, PROGRAM, sessionCommand } from './command-kinds.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { refuseRemoteArgv } from './remote-argv.ts'

export function upCommand(context: Context): Command {
  return sessionCommand('up', 'start a task that later commands join', [...COPY, ...PROGRAM, ...FORWARDS])
    .argument('[target]', 'a target of fargate-login.yaml')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login up web --keep 1h     # then: fargate-login web, exec web, cp, forward web',
        '$ fargate-login list                 # until when it stays',
      ),
    )
    .action(async (target, flags) => {
      refuseRemoteArgv(context, 'up')
      const { openActivity } = await import('./actions/open-activity.ts')
      const defaults = { keep: DEFAULT_KEEP_SECONDS }
      await openActivity({ target, flags, defaults, activity: () => ({ kind: 'up' }) }, context)
    })
}

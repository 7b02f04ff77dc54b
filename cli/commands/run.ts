import type { Command } from 'commander'
import type { Config } from '../core/config.ts'
import { FargateLoginError } from '../core/error.ts'
import { shortcutCommand } from '../core/plan/remote-request.ts'
import type { Context } from './context.ts'
import { openSession } from './open-session.ts'
import { examples, sessionCommand } from './session-command.ts'

export function runCommand(context: Context): Command {
  return sessionCommand('run', 'a shortcut of fargate-login.yaml in a new one-off task')
    .argument('<shortcut>', 'a name under shortcuts: in fargate-login.yaml')
    .argument('[target]', 'a target of fargate-login.yaml')
    .usage('<shortcut> [target] [options] [-- ARG...]')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login run migrate staging',
        "$ fargate-login run task web -- report:daily 'week 7'",
      ),
    )
    .action(async (shortcut, target, flags) => {
      const command = (config: Config) => shortcutCommand(findShortcut(config, shortcut), context.words ?? [])
      await openSession({ target, flags, interactive: true, command }, context)
    })
}

function findShortcut({ shortcuts }: Config, name: string): string | readonly string[] {
  const shortcut = Object.hasOwn(shortcuts, name) ? shortcuts[name] : undefined
  if (shortcut !== undefined) return shortcut
  throw new FargateLoginError('shortcut-unknown', `There is no shortcut "${name}".`, {
    hint: `Known shortcuts: ${Object.keys(shortcuts).join(', ') || 'none; add them under shortcuts: in fargate-login.yaml'}.`,
  })
}

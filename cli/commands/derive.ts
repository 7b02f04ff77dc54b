import type { Command } from 'commander'
import { readConfig } from '../config/read-config.ts'
import { printableJson } from '../core/text/printable-json.ts'
import { version } from '../package.ts'
import { derive } from '../session/plan/derivation.ts'
import { readEcs } from '../session/plan/prepare.ts'
import type { Context } from './context.ts'
import { examples, sessionCommand } from './session-command.ts'
import { refuseWords } from './words.ts'

export function deriveCommand(context: Context): Command {
  return sessionCommand(
    'derive',
    'print the task definition that --inject registers, as JSON for the AWS CLI',
  )
    .argument('[target]', 'a target of fargate-login.yaml')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login derive --service web --toolkit-image IMAGE > web.json',
        '$ aws ecs register-task-definition --cli-input-json file://web.json',
      ),
    )
    .action(async (target, flags) => {
      refuseWords(context, 'derive')
      const { environment, directory, streams, cancel } = context
      const said = await readConfig({ flags, target, environment, directory })
      await using composition = await context.compose(said, context)
      const { config, ports } = composition
      const { definition } = await readEcs(config, ports, cancel)
      const { registration, notes } = derive(config, definition, version)
      for (const note of notes) ports.reporter.warn(note)
      streams.stdout.write(`${printableJson(registration)}\n`)
    })
}

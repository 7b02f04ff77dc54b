import { Command } from 'commander'
import { addConfigFlag, addSettingFlags } from '../config/flags.ts'
import type { Key } from '../config/named-settings.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { refuseRemoteArgv } from './remote-argv.ts'

/** The settings that a derived task definition depends on, and those to reach AWS. */
const KEYS: readonly Key[] = [
  ...(['cluster', 'region', 'profile', 'endpointUrl', 'local', 'verbosity'] as const),
  ...(['service', 'taskDefinition', 'container', 'toolkitImage', 'keepSidecars', 'port', 'tags'] as const),
]

export function deriveCommand(context: Context): Command {
  const command = new Command('derive').description(
    'print the task definition that --inject registers, as JSON for the AWS CLI',
  )
  return addConfigFlag(addSettingFlags(command, KEYS))
    .summary('print the task definition that --inject registers')
    .argument('[target]', 'a target of fargate-login.yaml')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login derive --service web --toolkit-image IMAGE > web.json',
        '$ aws ecs register-task-definition --cli-input-json file://web.json',
      ),
    )
    .action(async (target, flags) => {
      refuseRemoteArgv(context, 'derive')
      const { printDerived } = await import('./actions/derive.ts')
      await printDerived({ target, flags }, context)
    })
}

import type { Command } from 'commander'
import { readConfig } from '../config/read-config.ts'
import { attachSession } from '../session/activities/attach.ts'
import { findDetached } from '../session/fleet/find-detached.ts'
import type { Context } from './context.ts'
import { placeCommand } from './place-command.ts'
import { examples } from './session-command.ts'
import { refuseWords } from './words.ts'

export function attachCommand(context: Context): Command {
  return placeCommand('attach', 'come back to a session that --detach left running')
    .argument('<id>', 'its ID, or the beginning of it')
    .addHelpText(
      'after',
      examples(
        '$ fargate-login exec --detach web -- bin/rake reindex   # prints the ID',
        '$ fargate-login attach qk3v                             # ~. leaves it running',
      ),
    )
    .action(async (id, flags) => {
      refuseWords(context, 'attach')
      const { environment, directory, cancel } = context
      const said = await readConfig({ flags, target: undefined, environment, directory })
      await using here = await context.compose(said, context)
      const entry = await findDetached(id, here.ports)
      const { access, cluster } = entry
      await using there = await context.compose({ ...said, ...access, cluster }, context)
      context.finish(await attachSession(entry, there.ports, cancel))
    })
}

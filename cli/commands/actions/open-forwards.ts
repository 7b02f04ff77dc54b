import type { RawFlags } from '../../config/read-flags.ts'
import { checkForwards, databaseVariable } from '../../config/rules.ts'
import type { Config } from '../../core/config/config.ts'
import type { Activity } from '../../core/plan/activity.ts'
import type { Context } from '../context.ts'
import { openActivity } from './open-activity.ts'

export interface ForwardsInput {
  readonly target: string | undefined
  readonly flags: RawFlags
}

/** Keeps forwards up, alone or around a command of this machine. */
export async function openForwards({ target, flags }: ForwardsInput, context: Context): Promise<void> {
  const command = context.remoteArgv
  const variable = databaseVariable(flags.db)
  const database = variable && { variable, showPassword: flags.showPassword === true }
  const activity = (requested: Config): Activity => {
    if (!database) checkForwards(requested)
    return { kind: 'forward', ...(command?.length && { command }), ...(database && { database }) }
  }
  await openActivity({ target, flags, activity }, context)
}

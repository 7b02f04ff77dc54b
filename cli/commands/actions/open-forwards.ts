import type { RawFlags } from '../../config/read-flags.ts'
import { checkForwards } from '../../config/rules.ts'
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
  const activity = (requested: Config): Activity => {
    checkForwards(requested)
    return { kind: 'forward', ...(command && { command }) }
  }
  await openActivity({ target, flags, activity }, context)
}

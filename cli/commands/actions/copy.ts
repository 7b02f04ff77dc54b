import type { RawFlags } from '../../config/read-flags.ts'
import type { Config } from '../../core/config/config.ts'
import { planRoute } from '../../core/copy/plan-copy.ts'
import type { Activity } from '../../core/plan/activity.ts'
import type { Context } from '../context.ts'
import { openActivity } from './open-activity.ts'

interface CopyInput {
  /** SRC... DST */
  readonly words: readonly string[]
  readonly flags: RawFlags
}

export async function copyFiles({ words, flags }: CopyInput, context: Context): Promise<void> {
  const { target, ...route } = planRoute(words, process.platform === 'win32')
  const activity = ({ verifyCopy: verify, resumeCopy: resume }: Config): Activity => ({
    kind: 'copy',
    copy: { ...route, verify, resume },
  })
  await openActivity({ target, flags, activity }, context)
}

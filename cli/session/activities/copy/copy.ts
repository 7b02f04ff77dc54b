import type { PlannedCopy } from '../../../core/copy/plan-copy.ts'
import { afterUse, type Ending } from '../../../core/plan/activity.ts'
import type { Ports } from '../../ports/ports.ts'
import type { ActivityInput } from '../activity.ts'
import { makeAgain } from './again.ts'
import { cleanUp } from './clean-up.ts'
import type { CopyWork } from './copy-work.ts'
import { download } from './download.ts'
import { Meter } from './meter.ts'
import { Problems } from './problems.ts'
import { upload } from './upload.ts'

/**
 * Copies files between here and the task. What cannot be copied is told path by path, and the rest is copied.
 * @returns status 1 if anything could not be copied
 * @throws FargateLoginError `task-stopped`, `connection-lost`, `session-refused`, `stream-failed`, or the user's cancel
 */
export async function copy(planned: PlannedCopy, input: ActivityInput, ports: Ports): Promise<Ending> {
  const { files, reporter } = ports
  const problems = new Problems(reporter)
  const meter = new Meter(ports)
  const again = makeAgain(input, ports)
  const work: CopyWork = {
    planned,
    files,
    problems,
    meter,
    again,
    cleanUp: (script) => cleanUp(script, input),
    reporter,
    terminal: input.terminal,
    session: input.name,
  }
  if (planned.direction === 'download') await download(work)
  else await upload(work)
  return { status: problems.count === 0 ? 0 : 1, task: afterUse(input.plan) }
}

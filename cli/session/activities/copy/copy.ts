import type { PlannedCopy } from '../../../core/copy/plan-copy.ts'
import { hasCode } from '../../../core/error.ts'
import { afterUse, type Ending } from '../../../core/plan/activity.ts'
import type { Ports } from '../../ports/ports.ts'
import type { ActivityInput } from '../activity.ts'
import { makeAgain } from './again.ts'
import { cleanUp } from './clean-up.ts'
import type { CopyWay } from './copy-way.ts'
import type { CopyWork } from './copy-work.ts'
import { download } from './download.ts'
import { Meter } from './meter.ts'
import { Problems } from './problems.ts'
import { SftpWay } from './sftp/sftp-way.ts'
import { shellWay } from './shell/shell-way.ts'
import { upload } from './upload.ts'

/**
 * Copies files between here and the task. What cannot be copied is reported path by path, and the rest is copied.
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
  await copyByAnyWay(work, input, ports)
  return { status: problems.count === 0 ? 0 : 1, task: afterUse(input.plan) }
}

/** SFTP is slower, so it is for a container that has no shell or no tar. */
async function copyByAnyWay(work: CopyWork, input: ActivityInput, ports: Ports): Promise<void> {
  try {
    await copyBy(shellWay, work)
  } catch (error) {
    if (!hasCode(error, 'session-refused')) throw error
    await using way = new SftpWay(input, ports)
    if (!(await way.isThere())) throw error
    ports.reporter.debug(`${error.message} The copy goes on by SFTP.`)
    await copyBy(way, { ...work, planned: await way.withHome(work.planned) })
  }
}

async function copyBy(way: CopyWay, work: CopyWork): Promise<void> {
  if (work.planned.direction === 'download') await download(work, way)
  else await upload(work, way)
}

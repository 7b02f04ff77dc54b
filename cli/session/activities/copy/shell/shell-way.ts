import { remoteProblems } from '../../../../core/copy/remote-problems.ts'
import { moveIntoPlace } from '../../../../core/copy/scripts/move.ts'
import { removeStage } from '../../../../core/copy/scripts/stage.ts'
import type { CopyWay } from '../copy-way.ts'
import { fetchSources } from './fetch-sources.ts'
import { findSources } from './find-sources.ts'
import { lookThere } from './look-there.ts'
import { sendFile } from './send-file.ts'
import { sendToStdout } from './send-to-stdout.ts'
import { sendTree } from './send-tree.ts'

/**
 * A copy by scripts of POSIX sh (core/copy/scripts) and by tar. The programs are those of GNU, of busybox, or of the
 * toolkit: the tests run them all. It throws `session-refused` if the container lacks them.
 */
export const shellWay: CopyWay = {
  findSources,
  fetch: fetchSources,
  sendToStdout,
  lookThere,
  async send(departures, stage, work) {
    const [only] = departures
    const isFile = departures.length === 1 && only?.item.standing === 'file'
    return isFile && only ? await sendFile(only, stage, work) : await sendTree(departures, stage, work)
  },
  async moveIntoPlace(stage, moves, { again, planned }) {
    const { status, stderr } = await again((shell) => shell.ask(moveIntoPlace(stage, moves)))
    const refused = remoteProblems(stderr, (name) => name)
    if (status === 0 || refused.length > 0) return refused
    return [{ path: planned.destination, reason: 'It could not be moved into place' }]
  },
  removeStage: (stage, { cleanUp }) => cleanUp(removeStage(stage)),
}

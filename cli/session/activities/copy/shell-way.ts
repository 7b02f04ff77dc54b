import { remoteProblems } from '../../../core/copy/remote-problems.ts'
import { moveIntoPlace, removeStage } from '../../../core/copy/remote-scripts.ts'
import type { CopyWay } from './copy-way.ts'
import { fetchByShell } from './fetch-by-shell.ts'
import { findSources } from './list-sources.ts'
import { lookThere } from './look-there.ts'
import { sendToStdout } from './send-to-stdout.ts'
import { uploadFile } from './upload-file.ts'
import { uploadTree } from './upload-tree.ts'

/** A copy by scripts of sh and by tar. It throws `session-refused` if the container lacks them. */
export const shellWay: CopyWay = {
  findSources,
  fetch: fetchByShell,
  sendToStdout,
  lookThere,
  async send(departures, stage, work) {
    const [only] = departures
    const isFile = departures.length === 1 && only?.item.standing === 'file'
    return isFile && only ? await uploadFile(only, stage, work) : await uploadTree(departures, stage, work)
  },
  async moveIntoPlace(stage, moves, { again, planned }) {
    const { status, stderr } = await again((shell) => shell.ask(moveIntoPlace(stage, moves)))
    const refused = remoteProblems(stderr, (name) => name)
    if (status === 0 || refused.length > 0) return refused
    return [{ path: planned.destination, reason: 'It could not be moved into place' }]
  },
  removeStage: (stage, { cleanUp }) => cleanUp(removeStage(stage)),
}

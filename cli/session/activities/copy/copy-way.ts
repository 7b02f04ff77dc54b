import type { Standing } from '../../../core/copy/landing.ts'
import type { Problem } from '../../../core/copy/remote-problems.ts'
import type { Move } from '../../../core/copy/scripts/move.ts'
import type { Stage } from '../../ports/files.ts'
import type { CopyWork } from './copy-work.ts'
import type { Arrival } from './download.ts'
import type { RemoteSource } from './remote-source.ts'
import type { Departure } from './upload.ts'

/** How a copy reaches the files of the task. What cannot be copied is reported. */
export interface CopyWay {
  findSources(work: CopyWork): Promise<readonly RemoteSource[]>
  /** Brings the sources into the stage. */
  fetch(arrivals: readonly Arrival[], stage: Stage, work: CopyWork): Promise<void>
  /** @throws FargateLoginError `usage` if it is not one file */
  sendToStdout(sources: readonly RemoteSource[], work: CopyWork): Promise<void>
  /** What stands at the destination; `undefined` if nothing can go there. */
  lookThere(work: CopyWork): Promise<Standing | undefined>
  /** Sends files and folders into `stage`, our folder in the task. @returns what arrived */
  send(departures: readonly Departure[], stage: string, work: CopyWork): Promise<readonly Move[]>
  /** Moves what arrived into place, and removes our folder. @returns what could not be moved, by its path in our folder */
  moveIntoPlace(stage: string, moves: readonly Move[], work: CopyWork): Promise<readonly Problem[]>
  /** Removes our folder, even after a cancel. It never fails: the task may have gone. */
  removeStage(stage: string, work: CopyWork): Promise<void>
}

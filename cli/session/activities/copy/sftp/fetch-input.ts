import type { Stage } from '../../../ports/files.ts'
import type { Sftp } from '../../../ports/sftp.ts'
import type { AgainWith } from '../again.ts'
import type { Arrival } from '../download.ts'

/** One source to bring into the stage. */
export interface FetchInput {
  readonly arrival: Arrival
  readonly stage: Stage
  readonly again: AgainWith<Sftp>
}

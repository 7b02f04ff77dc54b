import { NO_FILE_NOR_FOLDER } from '../../../core/copy/reasons.ts'

/** What cannot be a destination, and why. */
export const UNUSABLE: Readonly<Record<string, string>> = {
  other: NO_FILE_NOR_FOLDER,
  astray: 'There is no such folder',
}

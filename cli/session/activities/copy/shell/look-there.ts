import type { Standing } from '../../../../core/copy/landing.ts'
import { lookAtDestination } from '../../../../core/copy/scripts/destination.ts'
import type { CopyWork } from '../copy-work.ts'
import { UNUSABLE } from '../unusable.ts'
import { noAnswer } from './no-answer.ts'

/** Asks what stands at the destination. @returns `undefined` if nothing can go there, which is reported */
export async function lookThere({ again, planned, problems }: CopyWork): Promise<Standing | undefined> {
  const { destination } = planned
  const answer = await again((shell) => shell.ask(lookAtDestination(destination)))
  const standing = answer.stdout.trim()
  if (standing === 'folder' || standing === 'file' || standing === 'nothing') return standing
  const reason = UNUSABLE[standing]
  if (reason === undefined) throw noAnswer('say what the destination is', answer)
  problems.tell({ path: destination, reason })
  return undefined
}

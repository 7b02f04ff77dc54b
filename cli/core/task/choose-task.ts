import { FargateLoginError } from '../error.ts'
import { arnName } from '../text/arn.ts'
import { adviceText } from '../text/paste.ts'

/** Something that an ID can name: a live task, or a session in the journal. */
export interface Choice {
  readonly session: string | undefined
  readonly arn: string | undefined
}

/** A shorter prefix could match by accident. */
const SHORTEST = 4

/**
 * Finds the task for a session ID, a task ID, a task ARN, or the beginning of one of these.
 * @returns `undefined` if nothing matches
 * @throws FargateLoginError `usage` if several match, or the prefix is too short
 */
export function chooseTask<T extends Choice>(id: string, choices: readonly T[]): T | undefined {
  const exact = choices.filter((choice) => names(choice).includes(id))
  if (exact.length > 0) return exact[0]
  checkIdLength(id)
  const found = choices.filter((choice) => names(choice).some((name) => name.startsWith(id)))
  if (found.length <= 1) return found[0]
  const list = found.map(({ session, arn }) => session ?? arn).join(', ')
  throw new FargateLoginError('usage', `"${id}" matches ${found.length} sessions or tasks.`, {
    hint: `Give more characters, to match only one of: ${list}.`,
  })
}

/** @throws FargateLoginError `usage` */
export function checkIdLength(id: string): void {
  if (id.length >= SHORTEST) return
  throw new FargateLoginError('usage', `"${id}" is too short.`, {
    hint: adviceText({
      text: `Give a TARGET of fargate-login.yaml, or at least ${SHORTEST} characters of an ID. List the IDs with:`,
      command: 'fargate-login list',
    }),
  })
}

function names({ session, arn }: Choice): readonly string[] {
  return [session, arn, arn === undefined ? undefined : arnName(arn)].filter((name) => name !== undefined)
}

import { FargateLoginError } from '../error.ts'
import { arnName } from '../text/arn.ts'

/** What an ID may name: a live task, or a session that the journal knows. */
export interface Choice {
  readonly session: string | undefined
  readonly arn: string | undefined
}

/** Shorter prefixes hit by accident. */
const SHORTEST = 4

/**
 * The one that is meant by a session ID, a task ID, a task ARN, or the beginning of one of these.
 * @returns `undefined` when there is none
 * @throws FargateLoginError `usage` when there are several, or the prefix is too short
 */
export function chooseTask<T extends Choice>(id: string, choices: readonly T[]): T | undefined {
  const exact = choices.filter((choice) => names(choice).includes(id))
  if (exact.length > 0) return exact[0]
  if (id.length < SHORTEST) {
    throw new FargateLoginError('usage', `"${id}" is too short for an ID.`, {
      hint: `Give ${SHORTEST} characters at least: a session ID, a task ID or an ARN of fargate-login list.`,
    })
  }
  const found = choices.filter((choice) => names(choice).some((name) => name.startsWith(id)))
  if (found.length <= 1) return found[0]
  const list = found.map(({ session, arn }) => session ?? arn).join(', ')
  throw new FargateLoginError('usage', `"${id}" may mean any of ${found.length}.`, {
    hint: `Give more of the ID: ${list}.`,
  })
}

function names({ session, arn }: Choice): readonly string[] {
  return [session, arn, arn === undefined ? undefined : arnName(arn)].filter((name) => name !== undefined)
}

import { FargateLoginError } from '../../error.ts'

/** A task definition that cannot be derived from: a fact, then the next action. */
export function unusable(fact: string, hint: string): FargateLoginError {
  return new FargateLoginError('task-definition-unusable', fact, { hint })
}

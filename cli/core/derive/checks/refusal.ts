import { FargateLoginError } from '../../error.ts'

/** The refusal to derive: a fact, then the next action. */
export function unusable(fact: string, hint: string): FargateLoginError {
  return new FargateLoginError('task-definition-unusable', fact, { hint })
}

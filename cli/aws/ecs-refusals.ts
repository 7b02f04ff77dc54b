import type { Failure } from '@aws-sdk/client-ecs'
import { FargateLoginError } from '../core/error.ts'
import { foreignWords } from '../core/text/foreign-words.ts'
import { isDenied } from './aws-error.ts'
import { texts } from './parse/answer.ts'

// What ECS refuses, with the next action that helps.

/** Of a call that tags what it makes. */
function explainTags(error: unknown): never {
  if (error instanceof FargateLoginError && /ecs:TagResource/.test(error.message)) {
    const hint = 'The caller may not tag it. Use --no-tags, or allow ecs:TagResource (docs/iam.md).'
    throw new FargateLoginError(error.code, error.message, { hint, cause: error.cause })
  }
  throw error
}

/** Of RunTask. */
export function explainRun(error: unknown): never {
  if (error instanceof FargateLoginError && /TaskDefinition is inactive/i.test(error.message)) {
    const hint = 'It has been deregistered. Name another with --task-definition, or update the service.'
    throw new FargateLoginError('task-definition-inactive', error.message, { hint, cause: error.cause })
  }
  explainTags(error)
}

/** Who may not register, or not pass the roles, can have somebody do it who may. */
export function explainRegistration(error: unknown): never {
  if (error instanceof FargateLoginError && !/ecs:TagResource/.test(error.message) && isDenied(error)) {
    throw new FargateLoginError('register-refused', error.message, { hint: error.hint, cause: error.cause })
  }
  if (error instanceof FargateLoginError && /Too many concurrent attempts/i.test(error.message)) {
    const hint = 'Others log in to the same task at this moment. Try again.'
    throw new FargateLoginError('register-busy', error.message, { hint, cause: error.cause })
  }
  explainTags(error)
}

/** RunTask answers 200 with `failures` where it found no place for the task. */
export function notPlaced(failure: Partial<Failure>): FargateLoginError {
  const words = foreignWords(texts([failure.reason, failure.detail]).join(' '))
  const reason = words === '' ? 'ECS gives no reason' : words
  return new FargateLoginError('task-not-placed', `ECS placed no task: ${reason}`, {
    hint: placementHint(reason),
  })
}

function placementHint(reason: string): string {
  if (/Capacity is unavailable/i.test(reason)) {
    return 'Try again, or give subnets of other availability zones with --subnets.'
  }
  if (/^RESOURCE:/.test(reason))
    return 'The container instances are full: add one, or use --launch-type FARGATE.'
  if (/^AGENT/.test(reason)) return 'The ECS agent of the container instance is not connected.'
  return 'Check --launch-type, --capacity-provider and the placement constraints of the task definition.'
}

import type { Failure } from '@aws-sdk/client-ecs'
import { FargateLoginError, withHint } from '../core/error.ts'
import { foreignWords } from '../core/text/foreign-words.ts'
import { isDenied } from './aws-error.ts'
import { texts } from './parse/answer.ts'

// Adds to ECS's refusals the next action that helps.

/** For calls that tag what they create. */
function explainTags(error: unknown): never {
  if (error instanceof FargateLoginError && /ecs:TagResource/.test(error.message)) {
    const hint =
      'The caller has no permission to tag it. Use --no-tags, or allow ecs:TagResource (docs/iam.md).'
    throw withHint(error, hint)
  }
  throw error
}

/** For RunTask. */
export function explainRun(error: unknown): never {
  if (error instanceof FargateLoginError && /TaskDefinition is inactive/i.test(error.message)) {
    const hint = 'Someone has deregistered it. Name another with --task-definition, or update the service.'
    throw withHint(error, hint, 'task-definition-inactive')
  }
  explainTags(error)
}

/** Gives a missing permission its own code: someone who has it can register the definition instead. */
export function explainRegistration(error: unknown): never {
  if (error instanceof FargateLoginError && !/ecs:TagResource/.test(error.message) && isDenied(error)) {
    throw withHint(error, error.hint, 'register-refused')
  }
  if (error instanceof FargateLoginError && /Too many concurrent attempts/i.test(error.message)) {
    const hint = 'Someone else is registering this task definition right now. Try again.'
    throw withHint(error, hint, 'register-busy')
  }
  explainTags(error)
}

/** RunTask answers 200 with `failures` if it could not place the task. */
export function notPlaced(failure: Partial<Failure>): FargateLoginError {
  const words = foreignWords(texts([failure.reason, failure.detail]).join(' '))
  const reason = words === '' ? 'ECS gives no reason' : words
  return new FargateLoginError('task-not-placed', `ECS placed no task: ${reason}`, {
    hint: placementHint(reason),
  })
}

function placementHint(reason: string): string {
  if (/Capacity is unavailable/i.test(reason)) {
    return 'Try again, or name subnets in other availability zones with --subnets.'
  }
  if (/^RESOURCE:/.test(reason))
    return 'The container instances are full: add one, or use --launch-type FARGATE.'
  if (/^AGENT/.test(reason))
    return 'The ECS agent of the container instance is not connected. Check the instance, or use another one.'
  return 'Check --launch-type, --capacity-provider and the placement constraints of the task definition.'
}

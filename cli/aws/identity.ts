import type { ECSClient } from '@aws-sdk/client-ecs'
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts'
import type { Identity } from '../session/ports/aws.ts'
import type { AwsCaller } from './aws-error.ts'
import { incompleteAnswer, text } from './parse/answer.ts'
import { makeSend } from './send.ts'

/** Finds the caller, which needs no permission, and the Region. */
export function makeIdentity(ecs: ECSClient, sts: STSClient, access: AwsCaller): Identity {
  const send = makeSend('sts', sts, access)
  return {
    async callerArn(signal) {
      const answer = await send('GetCallerIdentity', new GetCallerIdentityCommand({}), signal)
      const arn = text(answer.Arn)
      if (arn !== undefined) return arn
      throw incompleteAnswer('sts:GetCallerIdentity', 'Arn')
    },
    region: () => ecs.config.region(),
  }
}

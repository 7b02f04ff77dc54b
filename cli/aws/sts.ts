import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { Sts } from '../session/ports.ts'
import { sayNothing, text } from './answer.ts'
import { callAws } from './aws-error.ts'
import type { ClientConfig } from './clients.ts'

/** Who calls; needs no permission at all. */
export function makeSts(config: ClientConfig): Sts {
  const client = new STSClient(config)
  return {
    async callerArn(signal) {
      const command = new GetCallerIdentityCommand({})
      const answer = await callAws(
        'sts:GetCallerIdentity',
        (options) => client.send(command, options),
        signal,
      )
      const arn = text(answer.Arn)
      if (arn !== undefined) return arn
      throw sayNothing('sts:GetCallerIdentity', 'Arn')
    },
  }
}

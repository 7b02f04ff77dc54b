import { EC2Client } from '@aws-sdk/client-ec2'
import { ECSClient } from '@aws-sdk/client-ecs'
import { STSClient } from '@aws-sdk/client-sts'
import type { AwsAccess } from '../core/text/paste.ts'
import type { Ports } from '../session/ports/ports.ts'
import { makeAddresses } from './addresses.ts'
import type { ClientConfig } from './clients.ts'
import { makeDefinitions } from './definitions.ts'
import { makeIdentity } from './identity.ts'
import { makeTasks } from './tasks.ts'

/** All calls to AWS, through three clients of the SDK. */
export function makeAws(
  config: ClientConfig,
  access: AwsAccess,
): Pick<Ports, 'definitions' | 'tasks' | 'addresses' | 'identity'> {
  const ecs = new ECSClient(config)
  const ec2 = new EC2Client(config)
  const sts = new STSClient(config)
  return {
    definitions: makeDefinitions(ecs, access),
    tasks: makeTasks(ecs, config, access),
    addresses: makeAddresses(ecs, ec2, access),
    identity: makeIdentity(ecs, sts, access),
  }
}

import { ECSClient } from '@aws-sdk/client-ecs'
import { STSClient } from '@aws-sdk/client-sts'
import type { AwsAccess } from '../core/text/paste.ts'
import type { Ports } from '../session/ports/ports.ts'
import { makeAddresses } from './addresses.ts'
import type { AwsCaller } from './aws-error.ts'
import type { AwsClients } from './clients.ts'
import { makeDefinitions } from './definitions.ts'
import { makeIdentity } from './identity.ts'
import { makeTasks } from './tasks.ts'

/** All calls to AWS, through clients of the SDK. */
export function makeAws(
  clients: AwsClients,
  access: AwsAccess,
): Pick<Ports, 'definitions' | 'tasks' | 'addresses' | 'identity'> {
  const { caBundle } = clients
  const caller: AwsCaller = {
    ...access,
    renewal: () => clients.renewal(),
    ...(caBundle !== undefined && { caBundle }),
  }
  const ecs = new ECSClient(clients.config('ecs'))
  const sts = new STSClient(clients.config('sts'))
  return {
    definitions: makeDefinitions(ecs, caller),
    tasks: makeTasks(ecs, clients, caller),
    addresses: makeAddresses(ecs, () => clients.config('ec2'), caller),
    identity: makeIdentity(ecs, sts, caller),
  }
}

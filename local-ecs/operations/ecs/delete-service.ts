import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { existingService } from '../../account/service.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { describeService } from './describe-service.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  service: v.string(),
  force: v.optional(v.boolean(), false),
})

/** The service is INACTIVE at once, because it has no tasks to drain. */
export function deleteService(account: Account, body: unknown): unknown {
  const { cluster: reference, service: name, force } = readInput(Input, body)
  const service = existingService(account, findCluster(account, reference), name)
  const { desiredCount, schedulingStrategy } = service.settings
  if (desiredCount > 0 && schedulingStrategy === 'REPLICA' && !force) {
    throw invalidParameter('The service cannot be stopped while it is scaled above 0.')
  }
  service.status = 'INACTIVE'
  service.settings = { ...service.settings, desiredCount: 0 }
  return { service: describeService(account, service, true) }
}

import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { existingService } from '../../account/service.ts'
import { epochSeconds } from '../../account/time.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { describeService } from './describe-service.ts'
import { checkSettings, SettingsInput } from './service-input.ts'

const Input = v.looseObject({
  cluster: v.optional(v.string()),
  service: v.string(),
  forceNewDeployment: v.optional(v.boolean(), false),
})

/** Changes the members that are given. Anything but the count makes a new deployment. */
export function updateService(account: Account, body: unknown): unknown {
  const { cluster: reference, service: name, forceNewDeployment, ...changes } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  const service = existingService(account, cluster, name)
  for (const member of ['launchType', 'schedulingStrategy', 'serviceName'] as const) {
    if (member in changes) throw invalidParameter(`${member} can not be updated.`)
  }
  const { launchType, ...settings } = service.settings
  // A strategy takes the place of the launch type.
  const kept = changes.capacityProviderStrategy === undefined ? service.settings : settings
  service.settings = checkSettings(account, cluster, readInput(SettingsInput, { ...kept, ...changes }))
  const { desiredCount, ...others } = changes
  if (forceNewDeployment || Object.keys(others).length > 0) {
    service.deployment = { id: `ecs-svc/${randomUUID()}`, createdAt: epochSeconds() }
  }
  return { service: describeService(account, service, true) }
}

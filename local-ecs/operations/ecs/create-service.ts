import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { checkName } from '../../account/reference.ts'
import { type Service, serviceArn } from '../../account/service.ts'
import { checkTags, TagsInput } from '../../account/tag.ts'
import { epochSeconds } from '../../account/time.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { checkClientToken } from './client-token.ts'
import { describeService } from './describe-service.ts'
import { checkSettings, SettingsInput } from './service-input.ts'

const Input = v.looseObject({
  ...SettingsInput.entries,
  cluster: v.optional(v.string()),
  serviceName: v.string(),
  clientToken: v.optional(v.string()),
  tags: TagsInput,
})

/** Creates a service for clients to read. It runs no tasks. */
export function createService(account: Account, body: unknown): unknown {
  const { cluster: reference, serviceName: name, clientToken, tags, ...settings } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  checkName(name, 'Service')
  const arn = serviceArn(cluster, name)
  if (account.services.get(arn)?.status === 'ACTIVE') {
    throw invalidParameter('Creation of service was not idempotent.')
  }
  checkTags(tags)
  if (clientToken !== undefined) checkClientToken(clientToken, 36)
  const createdAt = epochSeconds()
  const service: Service = {
    name,
    arn,
    cluster,
    status: 'ACTIVE',
    settings: checkSettings(account, cluster, settings),
    deployment: { id: `ecs-svc/${randomUUID()}`, createdAt },
    createdAt,
    tags,
  }
  account.services.set(arn, service)
  return { service: describeService(account, service, true) }
}

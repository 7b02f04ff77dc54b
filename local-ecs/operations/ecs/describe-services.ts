import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { lastOfArn } from '../../account/arn.ts'
import { findCluster } from '../../account/cluster.ts'
import { findService, serviceArn } from '../../account/service.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  services: v.array(v.string()),
  include: v.optional(v.array(v.string()), []),
})

export function describeServices(account: Account, body: unknown): unknown {
  const { cluster: reference, services: references, include } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  if (references.length === 0) throw invalidParameter('Services cannot be empty.')
  if (references.length > 10) throw invalidParameter('Services can not have more than 10 elements.')
  const found = references.map((service) => findService(account, cluster, service))
  return {
    services: found.flatMap((service) =>
      service ? [{ ...service, tags: include.includes('TAGS') ? service.tags : [] }] : [],
    ),
    failures: references.flatMap((service, index) =>
      found[index] ? [] : [{ arn: serviceArn(cluster, lastOfArn(service)), reason: 'MISSING' }],
    ),
  }
}

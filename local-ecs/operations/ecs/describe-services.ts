import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { oneOf } from '../../account/enumerations.ts'
import { serviceArn } from '../../account/service.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { describeService } from './describe-service.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  services: v.array(v.string()),
  include: v.optional(v.array(oneOf('ServiceField')), []),
})

export function describeServices(account: Account, body: unknown): unknown {
  const { cluster: reference, services: references, include } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  if (references.length === 0) throw invalidParameter('Services cannot be empty.')
  if (references.length > 10) throw invalidParameter('Services can not have more than 10 elements.')
  const arns = references.map((service) => serviceArn(cluster, service))
  return {
    services: arns.flatMap((arn) => {
      const service = account.services.get(arn)
      return service ? [describeService(account, service, include.includes('TAGS'))] : []
    }),
    failures: arns.filter((arn) => !account.services.has(arn)).map((arn) => ({ arn, reason: 'MISSING' })),
  }
}

import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { readInput } from '../../protocol/read-input.ts'
import { PageInput, page } from '../page.ts'

const Input = v.object({ cluster: v.optional(v.string()), launchType: v.optional(v.string()), ...PageInput })

export function listServices(account: Account, body: unknown): unknown {
  const { cluster: reference, launchType, ...request } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  const services = [...account.services.values()].filter(
    (service) =>
      service.clusterArn === cluster.arn && (launchType === undefined || service.launchType === launchType),
  )
  const { items, ...rest } = page(services, request)
  return { serviceArns: items.map((service) => service.serviceArn), ...rest }
}

import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { oneOf } from '../../account/enumerations.ts'
import { readInput } from '../../protocol/read-input.ts'
import { PageInput, page } from '../page.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  launchType: v.optional(oneOf('LaunchType')),
  schedulingStrategy: v.optional(oneOf('SchedulingStrategy')),
  resourceManagementType: v.optional(oneOf('ResourceManagementType')),
  ...PageInput,
})

/** Without `maxResults`, ECS lists ten services a page. */
export function listServices(account: Account, body: unknown): unknown {
  const { cluster: reference, launchType, schedulingStrategy, ...request } = readInput(Input, body)
  const { resourceManagementType = 'CUSTOMER', maxResults = 10, nextToken } = request
  const cluster = findCluster(account, reference)
  const services = [...account.services.values()].filter(
    ({ status, settings, ...service }) =>
      service.cluster === cluster &&
      status === 'ACTIVE' &&
      (launchType === undefined || settings.launchType === launchType) &&
      (schedulingStrategy === undefined || settings.schedulingStrategy === schedulingStrategy) &&
      resourceManagementType === 'CUSTOMER',
  )
  const { items, ...rest } = page(services, { maxResults, nextToken })
  return { serviceArns: items.map(({ arn }) => arn), ...rest }
}

import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { oneOf } from '../../account/enumerations.ts'
import { readInput } from '../../protocol/read-input.ts'
import { PageInput, page } from '../page.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  status: v.optional(oneOf('ContainerInstanceStatus'), 'ACTIVE'),
  ...PageInput,
})

export function listContainerInstances(account: Account, body: unknown): unknown {
  const { cluster: reference, status, ...request } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  const { instance } = account
  const isThere = instance.clusterArn === cluster.arn && status === 'ACTIVE'
  const { items, ...rest } = page(isThere ? [instance.arn] : [], request)
  return { containerInstanceArns: items, ...rest }
}

import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { readInput } from '../../protocol/read-input.ts'
import { PageInput, page } from '../page.ts'

const Input = v.object(PageInput)

export function listClusters(account: Account, body: unknown): unknown {
  const clusters = [...account.clusters.values()].filter(({ status }) => status === 'ACTIVE')
  const { items, ...rest } = page(clusters, readInput(Input, body))
  return { clusterArns: items.map(({ arn }) => arn), ...rest }
}

import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { makeCluster } from '../../account/cluster.ts'
import { checkTags, TagsInput } from '../../account/tag.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { describeCluster } from './describe-cluster.ts'

const Input = v.object({ clusterName: v.optional(v.string(), 'default'), tags: TagsInput })

/** For an existing cluster, answers with that cluster. */
export function createCluster(account: Account, body: unknown): unknown {
  const { clusterName, tags } = readInput(Input, body)
  if (!/^[a-zA-Z][\w-]{0,254}$/.test(clusterName)) throw invalidParameter('Invalid cluster name.')
  checkTags(tags)
  const cluster = account.clusters.get(clusterName) ?? makeCluster(clusterName, tags)
  account.clusters.set(clusterName, cluster)
  return { cluster: describeCluster(account, cluster, true) }
}

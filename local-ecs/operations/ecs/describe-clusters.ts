import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { ecsArn, lastOfArn } from '../../account/arn.ts'
import { readInput } from '../../protocol/read-input.ts'
import { describeCluster } from './describe-cluster.ts'

const Input = v.object({
  clusters: v.optional(v.array(v.string()), ['default']),
  include: v.optional(v.array(v.string()), []),
})

export function describeClusters(account: Account, body: unknown): unknown {
  const { clusters: references, include } = readInput(Input, body)
  const names = references.map(lastOfArn)
  return {
    clusters: names.flatMap((name) => {
      const cluster = account.clusters.get(name)
      return cluster ? [describeCluster(account, cluster, include.includes('TAGS'))] : []
    }),
    failures: names
      .filter((name) => !account.clusters.has(name))
      .map((name) => ({ arn: ecsArn(`cluster/${name}`), reason: 'MISSING' })),
  }
}

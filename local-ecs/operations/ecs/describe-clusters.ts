import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { ecsArn } from '../../account/arn.ts'
import { oneOf } from '../../account/enumerations.ts'
import { checkName, readReference } from '../../account/reference.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { describeCluster } from './describe-cluster.ts'

const Input = v.object({
  clusters: v.optional(v.array(v.string()), ['default']),
  include: v.optional(v.array(oneOf('ClusterField')), []),
})

export function describeClusters(account: Account, body: unknown): unknown {
  const { clusters: references, include } = readInput(Input, body)
  if (references.length > 100) throw invalidParameter('Clusters can not have more than 100 elements.')
  const names = references.map(clusterName)
  return {
    clusters: names.flatMap((name) => {
      const cluster = account.clusters.get(name)
      return cluster ? [describeCluster(account, cluster, include)] : []
    }),
    failures: names
      .filter((name) => !account.clusters.has(name))
      .map((name) => ({ arn: ecsArn(`cluster/${name}`), reason: 'MISSING' })),
  }
}

function clusterName(reference: string): string {
  const { name } = readReference(reference, 'cluster')
  checkName(name, 'Cluster')
  return name
}

import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { providerLaunchType, StrategyItemInput } from '../../account/capacity-provider.ts'
import { makeCluster } from '../../account/cluster.ts'
import { oneOf } from '../../account/enumerations.ts'
import { checkName } from '../../account/reference.ts'
import { checkTags, TagsInput } from '../../account/tag.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { describeCluster } from './describe-cluster.ts'

const Input = v.object({
  clusterName: v.optional(v.string(), 'default'),
  capacityProviders: v.optional(v.array(v.string()), []),
  defaultCapacityProviderStrategy: v.optional(v.array(StrategyItemInput), []),
  settings: v.optional(
    v.array(v.object({ name: oneOf('ClusterSettingName'), value: v.optional(v.string()) })),
    [],
  ),
  configuration: v.optional(
    v.looseObject({
      executeCommandConfiguration: v.optional(
        v.looseObject({ logging: v.optional(oneOf('ExecuteCommandLogging')) }),
      ),
    }),
  ),
  serviceConnectDefaults: v.optional(v.looseObject({ namespace: v.string() })),
  tags: TagsInput,
})

/** For an existing cluster, answers with that cluster. */
export function createCluster(account: Account, body: unknown): unknown {
  const { clusterName, tags, ...settings } = readInput(Input, body)
  checkName(clusterName, 'Cluster')
  checkTags(tags)
  for (const provider of settings.capacityProviders) providerLaunchType(provider)
  for (const { capacityProvider } of settings.defaultCapacityProviderStrategy) {
    if (settings.capacityProviders.includes(capacityProvider)) continue
    throw invalidParameter(
      `The capacity provider '${capacityProvider}' of the default strategy is not associated with the cluster.`,
    )
  }
  const existing = account.clusters.get(clusterName)
  const cluster = existing?.status === 'ACTIVE' ? existing : makeCluster(clusterName, { settings, tags })
  account.clusters.set(clusterName, cluster)
  return { cluster: describeCluster(account, cluster, ['CONFIGURATIONS', 'SETTINGS', 'TAGS']) }
}

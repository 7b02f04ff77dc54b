import type { Account } from '../../account/account.ts'
import { providerLaunchType } from '../../account/capacity-provider.ts'
import type { Cluster, StrategyItem } from '../../account/cluster.ts'
import type { LaunchType } from '../../account/enumerations.ts'
import type { TaskDefinition } from '../../account/task-definition.ts'
import { invalidParameter, Refusal } from '../../protocol/refusal.ts'

export interface LaunchRequest {
  readonly launchType?: LaunchType | undefined
  readonly capacityProviderStrategy?: readonly StrategyItem[] | undefined
  readonly platformVersion?: string | undefined
}

/** Where and how to launch a task. */
export type LaunchChoice = FargateLaunch | InstanceLaunch

interface FargateLaunch {
  readonly launchType: 'FARGATE'
  readonly capacityProviderName?: string
  readonly platformVersion: string
}

interface InstanceLaunch {
  readonly launchType: 'EC2' | 'MANAGED_INSTANCES'
  readonly capacityProviderName?: string
  readonly containerInstanceArn: string
}

const PLATFORM_VERSIONS = ['LATEST', '1.4.0', '1.3.0']

/** Checks the launch members as RunTask and CreateService do. Without any, ECS means the cluster's strategy, then EC2. */
export function checkLaunch(request: LaunchRequest, cluster: Cluster): LaunchType {
  const { launchType, capacityProviderStrategy = [], platformVersion } = request
  if (launchType !== undefined && capacityProviderStrategy.length > 0) {
    throw invalidParameter(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    )
  }
  for (const item of capacityProviderStrategy) checkStrategyItem(item, cluster)
  const [provider] = strategyOf(request, cluster)
  const chosen = provider ? providerLaunchType(provider.capacityProvider) : (launchType ?? 'EC2')
  if (platformVersion !== undefined) checkPlatformVersion(platformVersion, chosen)
  return chosen
}

function strategyOf(
  { launchType, capacityProviderStrategy }: LaunchRequest,
  { settings }: Cluster,
): readonly StrategyItem[] {
  if (launchType !== undefined) return []
  return capacityProviderStrategy?.length
    ? capacityProviderStrategy
    : settings.defaultCapacityProviderStrategy
}

/** The ranges are those of the API reference. */
function checkStrategyItem({ capacityProvider, weight = 0, base = 0 }: StrategyItem, cluster: Cluster): void {
  providerLaunchType(capacityProvider)
  if (!cluster.settings.capacityProviders.includes(capacityProvider)) {
    throw invalidParameter(
      'The specified capacity provider strategy contains a capacity provider that is not associated with the cluster. ' +
        'Associate the capacity provider with the cluster and try again.',
    )
  }
  if (weight < 0 || weight > 1000) throw invalidParameter('weight must be between 0 and 1000.')
  if (base < 0 || base > 100_000) throw invalidParameter('base must be between 0 and 100000.')
}

function checkPlatformVersion(platformVersion: string, launchType: LaunchType): void {
  if (launchType !== 'FARGATE') {
    throw invalidParameter('The platform version must be null when specifying an EC2 launch type.')
  }
  if (!PLATFORM_VERSIONS.includes(platformVersion)) {
    throw new Refusal('PlatformUnknownException', 'The specified platform version does not exist.')
  }
}

export function chooseLaunch(
  request: LaunchRequest,
  definition: TaskDefinition,
  cluster: Cluster,
  { instance }: Account,
): LaunchChoice {
  const launchType = checkLaunch(request, cluster)
  checkCompatible(definition, launchType)
  const [provider] = strategyOf(request, cluster)
  const capacity = provider && { capacityProviderName: provider.capacityProvider }
  if (launchType === 'FARGATE') {
    const { platformVersion = 'LATEST' } = request
    return {
      launchType,
      platformVersion: platformVersion === 'LATEST' ? '1.4.0' : platformVersion,
      ...capacity,
    }
  }
  if (launchType === 'EXTERNAL' || cluster.arn !== instance.clusterArn) {
    throw invalidParameter('No Container Instances were found in your cluster.')
  }
  return { launchType, containerInstanceArn: instance.arn, ...capacity }
}

/** Managed Instances take the network modes awsvpc and host, external ones all others than awsvpc. */
export function checkCompatible(
  { compatibilities, networkMode }: TaskDefinition,
  launchType: LaunchType,
): void {
  const isCompatible = {
    EC2: true,
    EXTERNAL: networkMode !== 'awsvpc',
    FARGATE: compatibilities.includes('FARGATE'),
    MANAGED_INSTANCES: networkMode === 'awsvpc' || networkMode === 'host',
  }[launchType]
  if (!isCompatible) {
    throw invalidParameter(`Task definition does not support launch_type ${launchType}.`)
  }
}

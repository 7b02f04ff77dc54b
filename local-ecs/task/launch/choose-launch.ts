import type { Account } from '../../account/account.ts'
import type { Cluster } from '../../account/cluster.ts'
import type { TaskDefinition } from '../../account/task-definition.ts'
import { invalidParameter, Refusal } from '../../protocol/refusal.ts'

export interface LaunchRequest {
  readonly launchType?: string | undefined
  readonly capacityProviderStrategy?: readonly { readonly capacityProvider: string }[] | undefined
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
  readonly launchType: 'EC2'
  readonly containerInstanceArn: string
}

const FARGATE_PROVIDERS = ['FARGATE', 'FARGATE_SPOT']
const PLATFORM_VERSIONS = ['LATEST', '1.4.0', '1.3.0']

/** Checks the launch members as RunTask and CreateService do. ECS's default is EC2. */
export function checkLaunch(request: LaunchRequest): 'FARGATE' | 'EC2' {
  const { launchType, capacityProviderStrategy: strategy, platformVersion } = request
  if (launchType !== undefined && strategy?.length) {
    throw invalidParameter(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    )
  }
  for (const { capacityProvider } of strategy ?? []) {
    if (!FARGATE_PROVIDERS.includes(capacityProvider)) {
      throw invalidParameter(`The specified capacity provider '${capacityProvider}' was not found.`)
    }
  }
  if (launchType !== undefined && launchType !== 'FARGATE' && launchType !== 'EC2') {
    throw invalidParameter(`Launch type ${launchType} is not supported by the local ECS.`)
  }
  const chosen = strategy?.length ? 'FARGATE' : (launchType ?? 'EC2')
  if (platformVersion !== undefined) checkPlatformVersion(platformVersion, chosen)
  return chosen
}

function checkPlatformVersion(platformVersion: string, launchType: 'FARGATE' | 'EC2'): void {
  if (launchType === 'EC2') {
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
  const launchType = checkLaunch(request)
  if (launchType === 'EC2') {
    if (cluster.arn === instance.clusterArn) return { launchType, containerInstanceArn: instance.arn }
    throw invalidParameter('No Container Instances were found in your cluster.')
  }
  if (!definition.compatibilities.includes('FARGATE')) {
    throw invalidParameter('Task definition does not support launch_type FARGATE.')
  }
  const { platformVersion = 'LATEST', capacityProviderStrategy: [provider] = [] } = request
  return {
    launchType,
    platformVersion: platformVersion === 'LATEST' ? '1.4.0' : platformVersion,
    ...(provider && { capacityProviderName: provider.capacityProvider }),
  }
}

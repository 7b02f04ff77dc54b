import type { Service as SdkService } from '@aws-sdk/client-ecs'
import { FargateLoginError } from '../core/error.ts'
import type { Service } from '../core/task-definition.ts'

/** @throws FargateLoginError `service-unusable` where the service names no task definition of its own */
export function parseService(service: SdkService): Service {
  // Blue/green and external deployments keep the facts in task sets; PRIMARY is the one that serves.
  const primary = service.taskSets?.find(({ status }) => status === 'PRIMARY')
  const taskDefinition = service.taskDefinition ?? primary?.taskDefinition
  if (!taskDefinition) {
    throw new FargateLoginError(
      'service-unusable',
      `Service ${service.serviceName} names no task definition.`,
      {
        hint: 'Give --task-definition, --subnets and --security-groups yourself.',
      },
    )
  }
  const vpc = (service.networkConfiguration ?? primary?.networkConfiguration)?.awsvpcConfiguration
  const strategy = service.capacityProviderStrategy ?? primary?.capacityProviderStrategy
  const launchType = service.launchType ?? primary?.launchType
  const platformVersion = service.platformVersion ?? primary?.platformVersion
  return {
    taskDefinition,
    ...(vpc && {
      network: {
        subnets: vpc.subnets ?? [],
        securityGroups: vpc.securityGroups ?? [],
        assignPublicIp: vpc.assignPublicIp === 'ENABLED',
      },
    }),
    ...(launchType && { launchType }),
    ...(strategy?.length && {
      capacityProviderStrategy: strategy.map(({ capacityProvider, weight, base }) => ({
        capacityProvider: capacityProvider ?? '',
        ...(weight !== undefined && { weight }),
        ...(base !== undefined && { base }),
      })),
    }),
    ...(platformVersion && { platformVersion }),
  }
}

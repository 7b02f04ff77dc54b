import type {
  AwsVpcConfiguration,
  CapacityProviderStrategyItem,
  Service as SdkService,
} from '@aws-sdk/client-ecs'
import { FargateLoginError } from '../../core/error.ts'
import type { CapacityProvider, Network, Service } from '../../core/task/task-definition.ts'
import { foreignWords } from '../../core/text/foreign-words.ts'
import { object, objects, text, texts, whole } from './answer.ts'

/** @throws FargateLoginError `service-unusable` if the service has no task definition of its own */
export function parseService(service: Partial<SdkService>): Service {
  // Blue/green and external deployments keep these facts in task sets. PRIMARY is the set that serves.
  const primary = object(objects(service.taskSets).find(({ status }) => status === 'PRIMARY'))
  const taskDefinition = text(service.taskDefinition) ?? text(primary.taskDefinition)
  if (!taskDefinition) {
    const name = foreignWords(text(service.serviceName) ?? '')
    throw new FargateLoginError('service-unusable', `Service ${name} has no task definition.`, {
      hint: 'Use --task-definition, --subnets and --security-groups instead.',
    })
  }
  const { awsvpcConfiguration } = object(service.networkConfiguration ?? primary.networkConfiguration)
  const strategy = objects(service.capacityProviderStrategy ?? primary.capacityProviderStrategy)
  const launchType = text(service.launchType) ?? text(primary.launchType)
  const platformVersion = text(service.platformVersion) ?? text(primary.platformVersion)
  return {
    taskDefinition,
    ...(awsvpcConfiguration && { network: parseNetwork(object(awsvpcConfiguration)) }),
    ...(launchType !== undefined && { launchType }),
    ...(strategy.length > 0 && { capacityProviderStrategy: strategy.map(parseProvider) }),
    ...(platformVersion !== undefined && { platformVersion }),
  }
}

function parseNetwork(vpc: Partial<AwsVpcConfiguration>): Network {
  return {
    subnets: texts(vpc.subnets),
    securityGroups: texts(vpc.securityGroups),
    assignPublicIp: vpc.assignPublicIp === 'ENABLED',
  }
}

function parseProvider(item: Partial<CapacityProviderStrategyItem>): CapacityProvider {
  const weight = whole(item.weight, 0, 1000)
  const base = whole(item.base, 0, 100_000)
  return {
    capacityProvider: text(item.capacityProvider) ?? '',
    ...(weight !== undefined && { weight }),
    ...(base !== undefined && { base }),
  }
}

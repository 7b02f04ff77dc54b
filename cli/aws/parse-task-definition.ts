import type { TaskDefinition as SdkTaskDefinition } from '@aws-sdk/client-ecs'
import type { TaskDefinitionDocument } from '../core/definition-document.ts'
import { FargateLoginError } from '../core/error.ts'
import type { NetworkMode, TaskDefinition, TaskSize } from '../core/task-definition.ts'

/**
 * @param unread what ECS has sent and the SDK does not know
 * @throws FargateLoginError `task-definition-unusable`
 */
export function parseTaskDefinition(
  definition: SdkTaskDefinition,
  unread: readonly string[],
): TaskDefinition {
  const arn = definition.taskDefinitionArn ?? ''
  const [first, ...others] = (definition.containerDefinitions ?? []).map((container) => ({
    name: container.name ?? '',
    image: container.image ?? '',
    labels: container.dockerLabels ?? {},
  }))
  if (!first) {
    throw new FargateLoginError('task-definition-unusable', `Task definition ${arn} has no container.`)
  }
  if (definition.runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS')) {
    throw new FargateLoginError('task-definition-unusable', `Task definition ${arn} is for Windows.`, {
      hint: 'The image and its sshd need Linux.',
    })
  }
  const size = parseSize(definition)
  return {
    arn,
    // Without a word ECS means bridge on Linux instances; Fargate definitions always say awsvpc.
    networkMode: (definition.networkMode as NetworkMode | undefined) ?? 'bridge',
    containers: [first, ...others],
    ...(size && { size }),
    document: definition as unknown as TaskDefinitionDocument,
    unread,
  }
}

function parseSize(definition: SdkTaskDefinition): TaskSize | undefined {
  const cpuUnits = Number(definition.cpu)
  const memoryMib = Number(definition.memory)
  if (!(cpuUnits > 0 && memoryMib > 0)) return undefined
  const architecture = definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'ARM64' : 'X86_64'
  return { cpuUnits, memoryMib, architecture }
}

import type {
  ContainerDefinition as SdkContainer,
  TaskDefinition as SdkTaskDefinition,
} from '@aws-sdk/client-ecs'
import { FargateLoginError } from '../../core/error.ts'
import type { TaskDefinitionDocument } from '../../core/task/definition-document.ts'
import type {
  ContainerDefinition,
  NetworkMode,
  TaskDefinition,
  TaskSize,
} from '../../core/task/task-definition.ts'
import { foreignWords } from '../../core/text/foreign-words.ts'
import { object, objects, text } from './answer.ts'
import { parsePort } from './parse-task.ts'

const NETWORK_MODES: readonly string[] = ['awsvpc', 'bridge', 'host', 'none'] satisfies NetworkMode[]

/**
 * @param unread members that ECS has sent and the SDK does not know
 * @throws FargateLoginError `task-definition-unusable`
 */
export function parseTaskDefinition(
  definition: Partial<SdkTaskDefinition>,
  unread: readonly string[],
): TaskDefinition {
  const arn = text(definition.taskDefinitionArn) ?? ''
  const [first, ...others] = objects(definition.containerDefinitions).map(parseContainer)
  if (!first) {
    throw new FargateLoginError(
      'task-definition-unusable',
      `Task definition ${foreignWords(arn)} has no container.`,
    )
  }
  const platform = object(definition.runtimePlatform)
  if (text(platform.operatingSystemFamily)?.startsWith('WINDOWS')) {
    throw new FargateLoginError(
      'task-definition-unusable',
      `Task definition ${foreignWords(arn)} is for Windows.`,
      {
        hint: 'The image and its sshd need Linux.',
      },
    )
  }
  // If absent, ECS means bridge on Linux instances. Fargate definitions always say awsvpc.
  const networkMode = text(definition.networkMode) ?? 'bridge'
  if (!NETWORK_MODES.includes(networkMode)) {
    const message = `Task definition ${foreignWords(arn)} has the unknown networkMode ${foreignWords(networkMode)}.`
    throw new FargateLoginError('task-definition-unusable', message, {
      hint: 'Use a task definition with awsvpc, bridge or host.',
    })
  }
  const size = parseSize(definition)
  return {
    arn,
    networkMode: networkMode as NetworkMode,
    containers: [first, ...others],
    ...(size && { size }),
    document: definition as unknown as TaskDefinitionDocument,
    unread,
  }
}

function parseContainer({
  name,
  image,
  dockerLabels,
  portMappings,
}: Partial<SdkContainer>): ContainerDefinition {
  const labels = Object.entries(object(dockerLabels)).flatMap(([label, value]) =>
    typeof value === 'string' ? [[label, value] as const] : [],
  )
  // Without a hostPort, or with 0, the port is chosen when the task starts.
  const fixedPorts = objects(portMappings)
    .filter(({ protocol = 'tcp' }) => protocol === 'tcp')
    .flatMap(parsePort)
  return {
    name: text(name) ?? '',
    image: text(image) ?? '',
    labels: Object.fromEntries(labels),
    ...(fixedPorts.length > 0 && { fixedPorts }),
  }
}

function parseSize({ cpu, memory, runtimePlatform }: Partial<SdkTaskDefinition>): TaskSize | undefined {
  const [cpuUnits, memoryMib] = [Number(text(cpu)), Number(text(memory))]
  if (!(cpuUnits > 0 && cpuUnits < Infinity && memoryMib > 0 && memoryMib < Infinity)) return undefined
  const architecture = object(runtimePlatform).cpuArchitecture === 'ARM64' ? 'ARM64' : 'X86_64'
  return { cpuUnits, memoryMib, architecture }
}

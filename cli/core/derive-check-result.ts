import type { PortMappingDocument, TaskDefinitionDocument } from './definition-document.ts'
import { unusable } from './derive-refusal.ts'
import type { DeriveSource, SourceContainer } from './derive-source.ts'

/** Containers that ECS takes in one task definition. */
const MOST_CONTAINERS = 10

/** Bytes that ECS takes in one task definition. */
const MOST_BYTES = 65_536

/** @throws FargateLoginError `task-definition-unusable` when a container that stays listens on our port */
export function checkPorts(source: DeriveSource, sidecars: readonly SourceContainer[], port: number): void {
  // In bridge mode each container has ports of its own.
  if (source.networkMode !== 'awsvpc' && source.networkMode !== 'host') return
  const clash = sidecars.find(({ portMappings = [] }) => portMappings.some((mapping) => takes(mapping, port)))
  if (!clash) return
  throw unusable(
    `Container "${clash.name}" stays, and it takes port ${port}, on which the session would listen.`,
    'Choose another port with --port.',
  )
}

function takes({ containerPort, containerPortRange = '' }: PortMappingDocument, port: number): boolean {
  const [first, last] = containerPortRange.split('-').map(Number)
  return (
    containerPort === port || (first !== undefined && last !== undefined && first <= port && port <= last)
  )
}

/** @throws FargateLoginError `task-definition-unusable` when ECS would refuse the document for its size */
export function checkSize(registration: TaskDefinitionDocument): void {
  const containers = registration.containerDefinitions?.length ?? 0
  if (containers > MOST_CONTAINERS) {
    throw unusable(
      `With the session's helper the task would have ${containers} containers; ECS allows ${MOST_CONTAINERS}.`,
      'Leave --keep-sidecars out, or use a task definition with fewer containers.',
    )
  }
  const bytes = new TextEncoder().encode(JSON.stringify(registration)).length
  if (bytes > MOST_BYTES) {
    throw unusable(
      `The derived task definition takes ${bytes} bytes; ECS allows ${MOST_BYTES}.`,
      'Leave --keep-sidecars out, or move long values of environment to environmentFiles or secrets.',
    )
  }
}

/**
 * Fargate refuses a private ECR image in a definition without an execution role, and the app may have done without.
 * @throws FargateLoginError `task-definition-unusable`
 */
export function checkToolkitPull(source: DeriveSource, toolkitImage: string): void {
  const onFargate = source.requiresCompatibilities?.includes('FARGATE')
  if (!onFargate || source.executionRoleArn || !/^\d{12}\.dkr[.-]ecr[.-]/.test(toolkitImage)) return
  throw unusable(
    `${source.family} has no execution role, and Fargate needs one to pull ${toolkitImage} from ECR.`,
    'Register a revision with an executionRoleArn, or use a toolkit image in a public registry.',
  )
}

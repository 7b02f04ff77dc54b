import * as v from 'valibot'
import { clientException, type Refusal } from '../protocol/refusal.ts'
import type { Account } from './account.ts'
import { CALLER_ARN, ecsArn } from './arn.ts'
import { type ContainerDefinition, ContainerDefinitionInput } from './container-definition.ts'
import { oneOf } from './enumerations.ts'
import { nameOfDefinition } from './reference.ts'
import { fargateObstacle } from './registration/fargate-obstacle.ts'
import { requiredAttributes } from './registration/required-attributes.ts'
import { TagsInput } from './tag.ts'
import { epochSeconds } from './time.ts'
import { VolumeInput } from './volume.ts'

/** The input of RegisterTaskDefinition. */
export const RegistrationInput = v.looseObject({
  family: v.string(),
  containerDefinitions: v.array(ContainerDefinitionInput),
  networkMode: v.optional(oneOf('NetworkMode')),
  requiresCompatibilities: v.optional(v.array(oneOf('Compatibility'))),
  cpu: v.optional(v.string()),
  memory: v.optional(v.string()),
  placementConstraints: v.optional(
    v.array(v.looseObject({ type: oneOf('TaskDefinitionPlacementConstraintType') })),
    [],
  ),
  volumes: v.optional(v.array(VolumeInput), []),
  pidMode: v.optional(oneOf('PidMode')),
  ipcMode: v.optional(oneOf('IpcMode')),
  ephemeralStorage: v.optional(v.looseObject({ sizeInGiB: v.pipe(v.number(), v.integer()) })),
  runtimePlatform: v.optional(
    v.looseObject({
      cpuArchitecture: v.optional(oneOf('CPUArchitecture')),
      operatingSystemFamily: v.optional(oneOf('OSFamily')),
    }),
  ),
  proxyConfiguration: v.optional(v.looseObject({ type: v.optional(oneOf('ProxyConfigurationType')) })),
  taskRoleArn: v.optional(v.string()),
  executionRoleArn: v.optional(v.string()),
  tags: TagsInput,
})

export type Registration = v.InferOutput<typeof RegistrationInput>

/** A task definition as DescribeTaskDefinition shows it, except that AWS shows the tags next to it. */
export type TaskDefinition = Registration & {
  readonly taskDefinitionArn: string
  readonly revision: number
  readonly compatibilities: readonly string[]
  readonly requiresAttributes: readonly { readonly name: string }[]
  readonly registeredAt: number
  readonly registeredBy: string
  status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS'
  deregisteredAt?: number
  deleteRequestedAt?: number
}

/** Adds the family's next revision. Revision numbers are never reused. */
export function registerTaskDefinition(account: Account, registration: Registration): TaskDefinition {
  const { family, tags, ...rest } = registration
  const revisions = account.taskDefinitions.get(family) ?? []
  const revision = revisions.length + 1
  const definition: TaskDefinition = {
    ...rest,
    taskDefinitionArn: ecsArn(`task-definition/${family}:${revision}`),
    family,
    revision,
    status: 'ACTIVE',
    containerDefinitions: rest.containerDefinitions.map((each) => withHostPorts(each, rest.networkMode)),
    compatibilities: compatibilitiesOf(registration),
    requiresAttributes: requiredAttributes(registration),
    registeredAt: epochSeconds(),
    registeredBy: CALLER_ARN,
    tags,
  }
  account.taskDefinitions.set(family, [...revisions, definition])
  return definition
}

/** What ECS finds that the definition can run on, and what it was said to run on. */
function compatibilitiesOf(registration: Registration): readonly string[] {
  const found = fargateObstacle(registration) === undefined ? ['EC2', 'FARGATE'] : ['EC2']
  return [...new Set([...found, ...(registration.requiresCompatibilities ?? [])])]
}

/** If a container has its ports on the host itself, ECS adds hostPort to the mappings. */
function withHostPorts(
  container: ContainerDefinition,
  networkMode: Registration['networkMode'],
): ContainerDefinition {
  if (networkMode !== 'awsvpc' && networkMode !== 'host') return container
  const portMappings = container.portMappings.map((mapping) => ({
    ...mapping,
    ...(mapping.containerPort !== undefined && { hostPort: mapping.containerPort }),
  }))
  return { ...container, portMappings }
}

/** @param reference `family` (its newest active revision), `family:revision` or an ARN */
export function findTaskDefinition(account: Account, reference: string): TaskDefinition | undefined {
  const [family = '', revision] = nameOfDefinition(reference).split(':')
  const revisions = account.taskDefinitions.get(family) ?? []
  if (revision === undefined) return revisions.findLast(({ status }) => status === 'ACTIVE')
  return revisions.find((definition) => String(definition.revision) === revision)
}

/** The refusal of RunTask and CreateService. DescribeTaskDefinition words it differently. */
export function taskDefinitionNotFound(): Refusal {
  return clientException('TaskDefinition not found.')
}

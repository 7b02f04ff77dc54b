import * as v from 'valibot'
import { clientException, type Refusal } from '../protocol/refusal.ts'
import type { Account } from './account.ts'
import { CALLER_ARN, ecsArn, lastOfArn } from './arn.ts'
import { type ContainerDefinition, ContainerDefinitionInput } from './container-definition.ts'
import { fargateObstacle } from './registration/fargate-obstacle.ts'
import { requiredAttributes } from './registration/required-attributes.ts'
import { TagsInput } from './tag.ts'
import { epochSeconds } from './time.ts'
import { VolumeInput } from './volume.ts'

/** The input of RegisterTaskDefinition. */
export const RegistrationInput = v.looseObject({
  family: v.string(),
  containerDefinitions: v.array(ContainerDefinitionInput),
  networkMode: v.optional(v.picklist(['awsvpc', 'bridge', 'host', 'none'])),
  requiresCompatibilities: v.optional(v.array(v.string())),
  cpu: v.optional(v.string()),
  memory: v.optional(v.string()),
  placementConstraints: v.optional(v.array(v.unknown()), []),
  volumes: v.optional(v.array(VolumeInput), []),
  pidMode: v.optional(v.string()),
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
  status: 'ACTIVE' | 'INACTIVE'
  deregisteredAt?: number
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
    compatibilities: fargateObstacle(registration) === undefined ? ['EC2', 'FARGATE'] : ['EC2'],
    requiresAttributes: requiredAttributes(registration),
    registeredAt: epochSeconds(),
    registeredBy: CALLER_ARN,
    tags,
  }
  account.taskDefinitions.set(family, [...revisions, definition])
  return definition
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
  const [family = '', revision] = lastOfArn(reference).split(':')
  const revisions = account.taskDefinitions.get(family) ?? []
  if (revision === undefined) return revisions.findLast(({ status }) => status === 'ACTIVE')
  return revisions.find((definition) => String(definition.revision) === revision)
}

/** The refusal of RunTask and CreateService. DescribeTaskDefinition words it differently. */
export function taskDefinitionNotFound(): Refusal {
  return clientException('TaskDefinition not found.')
}

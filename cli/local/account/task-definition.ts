import * as v from 'valibot'
import { clientException, type Refusal } from '../protocol/refusal.ts'
import type { Account } from './account.ts'
import { ecsArn, lastOfArn } from './arn.ts'
import { ContainerDefinitionInput } from './container-definition.ts'
import { TagsInput } from './tag.ts'
import { epochSeconds } from './time.ts'

/** What RegisterTaskDefinition takes. */
export const RegistrationInput = v.looseObject({
  family: v.string(),
  containerDefinitions: v.array(ContainerDefinitionInput),
  networkMode: v.optional(v.picklist(['awsvpc', 'bridge', 'host', 'none'])),
  requiresCompatibilities: v.optional(v.array(v.string())),
  cpu: v.optional(v.string()),
  memory: v.optional(v.string()),
  placementConstraints: v.optional(v.array(v.unknown()), []),
  volumes: v.optional(v.array(v.unknown()), []),
  tags: TagsInput,
})

export type Registration = v.InferOutput<typeof RegistrationInput>

/** As DescribeTaskDefinition shows it; its tags are shown beside it. */
export type TaskDefinition = Registration & {
  readonly taskDefinitionArn: string
  readonly revision: number
  readonly compatibilities: readonly string[]
  readonly registeredAt: number
  status: 'ACTIVE' | 'INACTIVE'
  deregisteredAt?: number
}

/** Adds the next revision of the family; a number is never used twice. */
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
    compatibilities: rest.networkMode === 'awsvpc' ? ['EC2', 'FARGATE'] : ['EC2'],
    registeredAt: epochSeconds(),
    tags,
  }
  account.taskDefinitions.set(family, [...revisions, definition])
  return definition
}

/** @param reference `family` (its newest active revision), `family:revision` or an ARN */
export function findTaskDefinition(account: Account, reference: string): TaskDefinition | undefined {
  const [family = '', revision] = lastOfArn(reference).split(':')
  const revisions = account.taskDefinitions.get(family) ?? []
  if (revision === undefined) return revisions.findLast(({ status }) => status === 'ACTIVE')
  return revisions.find((definition) => String(definition.revision) === revision)
}

/** As RunTask and CreateService refuse it; DescribeTaskDefinition has words of its own. */
export function taskDefinitionNotFound(): Refusal {
  return clientException('TaskDefinition not found.')
}

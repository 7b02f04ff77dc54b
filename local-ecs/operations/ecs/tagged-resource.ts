import type { Account } from '../../account/account.ts'
import { type ResourceKind, readReference } from '../../account/reference.ts'
import type { Tag } from '../../account/tag.ts'
import { findTaskDefinition } from '../../account/task-definition.ts'
import { invalidParameter } from '../../protocol/refusal.ts'

export interface Tagged {
  tags: readonly Tag[]
}

/** The taggable resource with this ARN. @throws Refusal if it is not there, or gone */
export function taggedResource(account: Account, arn: string): Tagged {
  const kind = /^arn:[^:]*:ecs:[^:]*:[^:]*:([^/]+)\//.exec(arn)?.[1] ?? ''
  const find = Object.hasOwn(FIND, kind) ? FIND[kind as keyof typeof FIND] : undefined
  if (!find) throw invalidParameter(`Invalid identifier: ${arn}`)
  readReference(arn, kind as ResourceKind)
  const found = find(account, arn)
  if (!found) {
    throw invalidParameter('The specified resource was not found. Specify a valid ARN and try again.')
  }
  return found
}

type Find = (account: Account, arn: string) => Tagged | undefined

const FIND = {
  task: ({ tasks }, arn) => {
    const task = tasks.get(arn)
    if (task?.lastStatus !== 'STOPPED') return task
    throw invalidParameter('The specified task is stopped. Specify a running task and try again.')
  },
  service: ({ services }, arn) => {
    const service = services.get(arn)
    if (service?.status !== 'INACTIVE') return service
    throw invalidParameter('The specified service is inactive. Specify an active service and try again.')
  },
  cluster: ({ clusters }, arn) => {
    const cluster = [...clusters.values()].find((candidate) => candidate.arn === arn)
    if (cluster?.status !== 'INACTIVE') return cluster
    throw invalidParameter('The specified cluster is inactive. Specify an active cluster and try again.')
  },
  'task-definition': findTaskDefinition,
} satisfies Readonly<Record<string, Find>>

import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findTaskDefinition, type TaskDefinition } from '../../account/task-definition.ts'
import { epochSeconds } from '../../account/time.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { checkRevision } from './deregister-task-definition.ts'

const Input = v.object({ taskDefinitions: v.array(v.string()) })

/** Only a deregistered revision can be deleted. It stays in DELETE_IN_PROGRESS, and can still be described. */
export function deleteTaskDefinitions(account: Account, body: unknown): unknown {
  const { taskDefinitions: references } = readInput(Input, body)
  if (references.length === 0) throw invalidParameter('Task definitions cannot be empty.')
  if (references.length > 10) throw invalidParameter('Task definitions can not have more than 10 elements.')
  for (const reference of references) checkRevision(reference)
  const results = references.map((arn) => {
    const found = findTaskDefinition(account, arn)
    const reason = obstacle(found)
    return found && reason === undefined ? { deleted: deleteOne(found) } : { failure: { arn, reason } }
  })
  return {
    taskDefinitions: results.flatMap(({ deleted }) => deleted ?? []),
    failures: results.flatMap(({ failure }) => failure ?? []),
  }
}

function obstacle(found: TaskDefinition | undefined): string | undefined {
  if (!found) {
    return 'The specified task definition does not exist. Specify a valid account, family, revision and try again.'
  }
  if (found.status !== 'ACTIVE') return undefined
  return 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.'
}

function deleteOne(definition: TaskDefinition): unknown {
  definition.status = 'DELETE_IN_PROGRESS'
  definition.deleteRequestedAt ??= epochSeconds()
  const { tags, ...taskDefinition } = definition
  return taskDefinition
}

import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { oneOf } from '../../account/enumerations.ts'
import { findTaskDefinition } from '../../account/task-definition.ts'
import { readInput } from '../../protocol/read-input.ts'
import { clientException } from '../../protocol/refusal.ts'

const Input = v.object({
  taskDefinition: v.string(),
  include: v.optional(v.array(oneOf('TaskDefinitionField')), []),
})

export function describeTaskDefinition(account: Account, body: unknown): unknown {
  const { taskDefinition: reference, include } = readInput(Input, body)
  const found = findTaskDefinition(account, reference)
  if (!found) throw clientException('Unable to describe task definition.')
  const { tags, ...taskDefinition } = found
  return { taskDefinition, tags: include.includes('TAGS') ? tags : [] }
}

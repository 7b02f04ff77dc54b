import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { oneOf } from '../../account/enumerations.ts'
import { readInput } from '../../protocol/read-input.ts'
import { PageInput, page } from '../page.ts'

const Input = v.object({
  familyPrefix: v.optional(v.string()),
  sort: v.optional(oneOf('SortOrder'), 'ASC'),
  status: v.optional(oneOf('TaskDefinitionStatus'), 'ACTIVE'),
  ...PageInput,
})

/** Despite its name, `familyPrefix` is a family's complete name, on AWS as well. */
export function listTaskDefinitions(account: Account, body: unknown): unknown {
  const { familyPrefix, sort, status, ...request } = readInput(Input, body)
  const families = [...account.taskDefinitions].sort(([a], [b]) => a.localeCompare(b))
  const arns = families
    .filter(([family]) => familyPrefix === undefined || family === familyPrefix)
    .flatMap(([, revisions]) => revisions.filter((definition) => definition.status === status))
    .map(({ taskDefinitionArn }) => taskDefinitionArn)
  const { items, ...rest } = page(sort === 'ASC' ? arns : arns.toReversed(), request)
  return { taskDefinitionArns: items, ...rest }
}

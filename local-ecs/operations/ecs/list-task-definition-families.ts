import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { oneOf } from '../../account/enumerations.ts'
import { readInput } from '../../protocol/read-input.ts'
import { PageInput, page } from '../page.ts'

const Input = v.object({
  familyPrefix: v.optional(v.string(), ''),
  status: v.optional(oneOf('TaskDefinitionFamilyStatus'), 'ALL'),
  ...PageInput,
})

/** A family is active while any of its revisions is active. */
export function listTaskDefinitionFamilies(account: Account, body: unknown): unknown {
  const { familyPrefix, status, ...request } = readInput(Input, body)
  const families = [...account.taskDefinitions]
    .filter(([, revisions]) => {
      const isActive = revisions.some((definition) => definition.status === 'ACTIVE')
      return status === 'ALL' || (status === 'ACTIVE') === isActive
    })
    .map(([family]) => family)
    .filter((family) => family.startsWith(familyPrefix))
  const { items, ...rest } = page(families.sort(), request)
  return { families: items, ...rest }
}

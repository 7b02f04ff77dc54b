import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { readInput } from '../../protocol/read-input.ts'
import { taggedResource } from './tagged-resource.ts'

const Input = v.object({ resourceArn: v.string(), tagKeys: v.array(v.string()) })

/** Keys that the resource does not have change nothing. */
export function untagResource(account: Account, body: unknown): unknown {
  const { resourceArn, tagKeys } = readInput(Input, body)
  const resource = taggedResource(account, resourceArn)
  resource.tags = resource.tags.filter(({ key }) => !tagKeys.includes(key))
  return {}
}

import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { readInput } from '../../protocol/read-input.ts'
import { taggedResource } from './tagged-resource.ts'

const Input = v.object({ resourceArn: v.string() })

export function listTagsForResource(account: Account, body: unknown): unknown {
  return { tags: taggedResource(account, readInput(Input, body).resourceArn).tags }
}

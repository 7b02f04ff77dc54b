import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { checkTags, mergeTags, TagsInput } from '../../account/tag.ts'
import { readInput } from '../../protocol/read-input.ts'
import { taggedResource } from './tagged-resource.ts'

const Input = v.object({ resourceArn: v.string(), tags: TagsInput })

export function tagResource(account: Account, body: unknown): unknown {
  const { resourceArn, tags } = readInput(Input, body)
  const resource = taggedResource(account, resourceArn)
  const merged = mergeTags(resource.tags, tags)
  checkTags(merged)
  resource.tags = merged
  return {}
}

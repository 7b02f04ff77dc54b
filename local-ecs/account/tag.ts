import * as v from 'valibot'
import { invalidParameter } from '../protocol/refusal.ts'

export interface Tag {
  readonly key: string
  readonly value?: string | undefined
}

export const TagsInput = v.optional(v.array(v.object({ key: v.string(), value: v.optional(v.string()) })), [])

const MOST_TAGS = 50
const ALLOWED = /^[\p{L}\p{N}\s+\-=._:/@]*$/u

/** Repeats ECS's checks for tags on a new or existing resource. */
export function checkTags(tags: readonly Tag[]): void {
  if (tags.length > MOST_TAGS) throw invalidParameter(`Tags can not have more than ${MOST_TAGS} elements.`)
  for (const tag of tags) checkTag(tag)
  const keys = tags.map(({ key }) => key)
  if (new Set(keys).size < keys.length) throw invalidParameter('Duplicate tag keys found.')
}

function checkTag({ key, value = '' }: Tag): void {
  if (key.length < 1 || key.length > 128)
    throw invalidParameter(`Tag key must be 1 to 128 characters long: ${key}`)
  if (value.length > 256) throw invalidParameter(`Tag value must be at most 256 characters long: ${key}`)
  if (/^aws:/i.test(key)) throw invalidParameter('Tag keys must not start with aws:, which is reserved.')
  for (const text of [key, value]) {
    if (!ALLOWED.test(text)) throw invalidParameter(`Tag has characters that are not allowed: ${text}`)
  }
}

/** Adds tags; an added one replaces an existing one with the same key. */
export function mergeTags(tags: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const replaced = new Set(added.map(({ key }) => key))
  return [...tags.filter(({ key }) => !replaced.has(key)), ...added]
}

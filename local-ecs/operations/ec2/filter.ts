import * as v from 'valibot'
import { Refusal } from '../../protocol/refusal.ts'

/** The input that every Describe operation takes in addition to its ids. */
export const FilterInput = {
  Filter: v.optional(v.array(v.object({ Name: v.string(), Value: v.optional(v.array(v.string()), []) })), []),
}

export interface Filter {
  readonly Name: string
  readonly Value: readonly string[]
}

type Fields<Item> = Readonly<Record<string, (item: Item) => readonly (string | undefined)[]>>

/** Items that match all filters. A filter matches if any of its values does; `*` and `?` are wildcards. */
export function filterItems<Item>(
  items: readonly Item[],
  filters: readonly Filter[],
  fields: Fields<Item>,
): readonly Item[] {
  const checks = filters.map(({ Name: name, Value: values }) => {
    const field = fields[name]
    if (!field) throw new Refusal('InvalidParameterValue', `The filter '${name}' is invalid`)
    const patterns = values.map(toPattern)
    return (item: Item) => field(item).some((text) => patterns.some((pattern) => pattern.test(text ?? '')))
  })
  return items.filter((item) => checks.every((check) => check(item)))
}

function toPattern(value: string): RegExp {
  const escaped = value.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`)
}

/** EC2's refusals of malformed ids, by the refusal of those that it does not have. Subnets have none. */
const MALFORMED: Readonly<Record<string, readonly [error: string, prefix: string]>> = {
  'InvalidGroup.NotFound': ['InvalidGroupId.Malformed', 'sg-'],
  'InvalidInstanceID.NotFound': ['InvalidInstanceID.Malformed', 'i-'],
  'InvalidNetworkInterfaceID.NotFound': ['InvalidNetworkInterfaceId.Malformed', 'eni-'],
}

function checkForm(id: string, notFound: string): void {
  const [error, prefix] = MALFORMED[notFound] ?? []
  if (error === undefined || prefix === undefined || id.startsWith(prefix)) return
  throw new Refusal(error, `Invalid id: "${id}" (expecting "${prefix}...")`)
}

/**
 * Items by their ids, or all if there are no ids.
 * @param error as EC2 spells it, e.g. `InvalidSubnetID.NotFound`
 */
export function selectIds<Item extends { readonly id: string }>(
  items: readonly Item[],
  ids: readonly string[],
  error: string,
  noun: string,
): readonly Item[] {
  for (const id of ids) {
    if (items.some((item) => item.id === id)) continue
    checkForm(id, error)
    throw new Refusal(error, `The ${noun} '${id}' does not exist`)
  }
  return ids.length === 0 ? items : items.filter(({ id }) => ids.includes(id))
}

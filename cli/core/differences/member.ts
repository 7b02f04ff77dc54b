import type { Difference } from './difference.ts'
import { itemsByName, NAMED_LISTS, namesOfBoth, portMappingWords } from './list.ts'
import { inWords, isAbsent, isObject, isSame, type JsonObject } from './value.ts'

/** The position of a value in the definition. */
interface Place {
  readonly path: string
  readonly what: string
  readonly within?: string
}

/** Values of these members may be secret whatever their names: the API key of a log service, for example. */
const HIDDEN = /^(environment|secrets|logConfiguration|containerDefinitions)\b/

/** The members that people look for first; the others follow in alphabetical order. */
const ORDER = [
  'family',
  'image',
  'essential',
  'entryPoint',
  'command',
  'healthCheck',
  'restartPolicy',
  'portMappings',
]
const LAST = ['environment', 'secrets', 'mountPoints', 'dependsOn', 'links', 'dockerLabels']

/** Compares two objects member by member. `place` is theirs, and ends with a dot unless it is empty. */
export function memberDifferences(
  before: JsonObject,
  after: JsonObject,
  place: Place,
): readonly Difference[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...namesOfBoth(old, now)].sort(byOrder).flatMap((name) =>
    valueDifferences(old.get(name), now.get(name), {
      ...place,
      path: `${place.path}${name}`,
      what: `${place.what}${name}`,
    }),
  )
}

/** Compares one member. */
export function valueDifferences(before: unknown, after: unknown, place: Place): readonly Difference[] {
  if (isSame(before, after)) return []
  if (place.what === 'portMappings') return portDifferences(before, after, place)
  if (place.what === 'dockerLabels') return labelDifferences(before, after, place)
  const list = NAMED_LISTS.get(place.what)
  const [old, now] = list ? [itemsByName(before, list.key), itemsByName(after, list.key)] : []
  if (list && old && now) return itemDifferences(old, now, { ...place, words: list.words })
  if (isObject(before) && isObject(after) && !isAbsent(before) && !isAbsent(after)) {
    return memberDifferences(before, after, { ...place, path: `${place.path}.`, what: `${place.what}.` })
  }
  const shown = (value: unknown) => (HIDDEN.test(place.what) || isObject(value) ? undefined : value)
  return [difference(before, after, place, shown)]
}

function itemDifferences<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  { words, ...place }: Place & { readonly words: (item: T) => string },
): readonly Difference[] {
  const shown = (item: T | undefined) => (item === undefined ? undefined : words(item))
  return namesOfBoth(before, after)
    .filter((name) => !isSame(before.get(name), after.get(name)))
    .map((name) =>
      difference(before.get(name), after.get(name), { ...place, path: `${place.path}[${name}]` }, shown),
    )
}

function labelDifferences(before: unknown, after: unknown, place: Place): readonly Difference[] {
  const labels = (value: unknown) =>
    new Map(
      (isObject(value) ? Object.entries(value) : []).map(([name, label]) => [
        name,
        `${name}=${inWords(label)}`,
      ]),
    )
  return itemDifferences(labels(before), labels(after), { ...place, words: (label) => label })
}

/** One line for all mappings: the list is short, and people look for the replaced port. */
function portDifferences(before: unknown, after: unknown, place: Place): readonly Difference[] {
  const [was, is] = [portMappingWords(before), portMappingWords(after)]
  if (was === undefined || is === undefined) return [difference(before, after, place, (value) => value)]
  return was === is ? [] : [difference(was || undefined, is || undefined, place, (words) => words)]
}

function difference<T>(
  before: T | undefined,
  after: T | undefined,
  place: Place,
  shown: (value: T | undefined) => unknown,
): Difference {
  const [was, is] = [isAbsent(before) ? undefined : shown(before), isAbsent(after) ? undefined : shown(after)]
  return {
    sign: isAbsent(before) ? '+' : isAbsent(after) ? '-' : '~',
    ...place,
    ...(was !== undefined && { before: was }),
    ...(is !== undefined && { after: is }),
  }
}

function byOrder(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1)
}

function rank(name: string): number {
  const first = ORDER.indexOf(name)
  return first >= 0 ? first : ORDER.length + 1 + LAST.indexOf(name)
}

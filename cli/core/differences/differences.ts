import { without } from '../derive/without.ts'
import { DESCRIPTION_ONLY, type TaskDefinitionDocument } from '../task/definition-document.ts'
import type { Difference } from './difference.ts'
import { itemsByName, namesOfBoth } from './list.ts'
import { memberDifferences, valueDifferences } from './member.ts'
import type { JsonObject } from './value.ts'

/**
 * Lists what changes `before` into `after`. It ignores members that only a description has, and empty lists that ECS
 * adds to a description. It accepts any JSON object, even a malformed one.
 */
export function differences(
  before: TaskDefinitionDocument,
  after: TaskDefinitionDocument,
): readonly Difference[] {
  return [
    ...memberDifferences(taskMembers(before), taskMembers(after), { path: '', what: '' }),
    ...partDifferences('volume', before.volumes, after.volumes),
    ...partDifferences('container', before.containerDefinitions, after.containerDefinitions),
  ]
}

function taskMembers(document: TaskDefinitionDocument): JsonObject {
  return without(document, ...DESCRIPTION_ONLY, 'volumes', 'containerDefinitions')
}

/** Compares containers, or volumes, by name. A new or removed one is a single difference. */
function partDifferences(
  kind: 'container' | 'volume',
  before: unknown,
  after: unknown,
): readonly Difference[] {
  const [old, now] = [itemsByName(before, 'name'), itemsByName(after, 'name')]
  if (!old || !now) {
    const what = kind === 'container' ? 'containerDefinitions' : 'volumes'
    return valueDifferences(before, after, { path: what, what })
  }
  return namesOfBoth(old, now).flatMap((name): readonly Difference[] => {
    const [was, is] = [old.get(name), now.get(name)]
    const path = `${kind}s.${name}`
    if (was && is) {
      const place = { path: `${path}.`, what: '', within: `${kind} ${name}` }
      return memberDifferences(withDefaults(kind, was), withDefaults(kind, is), place)
    }
    const image = (is ?? was)?.image
    const what = `${kind} ${name}${typeof image === 'string' ? ` (image ${image})` : ''}`
    return [{ sign: is ? '+' : '-', path, what }]
  })
}

/** `essential` is the only member whose absence means true. */
function withDefaults(kind: string, part: JsonObject): JsonObject {
  return kind === 'container' ? { essential: true, ...part } : part
}

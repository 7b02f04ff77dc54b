/**
 * Lists the members of an AWS answer that the SDK, with its older model of the service, has dropped: paths without
 * indices, such as `containerDefinitions[].newMember`. Empty members do not count, because AWS adds them to
 * descriptions.
 * @param sent the JSON of the answer
 * @param read the SDK's parsed form
 */
export function unreadMembers(sent: unknown, read: unknown, path = ''): readonly string[] {
  const paths = Array.isArray(sent)
    ? sent.flatMap((item, index) => unreadMembers(item, memberOf(read, index), `${path}[]`))
    : Object.entries(isObject(sent) ? sent : {}).flatMap(([name, value]) => {
        const below = path === '' ? name : `${path}.${name}`
        const member = memberOf(read, name)
        if (member === undefined) return isEmpty(value) ? [] : [below]
        return unreadMembers(value, member, below)
      })
  return [...new Set(paths)]
}

function memberOf(value: unknown, name: string | number): unknown {
  return isObject(value) && Object.hasOwn(value, name)
    ? (value as Record<string | number, unknown>)[name]
    : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isEmpty(value: unknown): boolean {
  return value === null || value === false || (isObject(value) && Object.keys(value).length === 0)
}

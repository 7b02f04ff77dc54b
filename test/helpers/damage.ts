import fc from 'fast-check'

type Path = readonly (string | number)[]

const REPLACEMENT = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    'x',
    0,
    -1,
    1e300,
    Number.NaN,
    true,
    [],
    {},
    [null],
    [[]],
    { toString: 5 },
    '\x1b[2J\u202e\n$(id)',
    'y'.repeat(100_000),
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

/** A real document, some members of which are missing, null, of another type, or absurd. */
export function damaged<T>(document: T): fc.Arbitrary<T> {
  const paths = pathsOf(document)
  const harm = fc.tuple(fc.constantFrom(...paths), REPLACEMENT)
  return fc.array(harm, { minLength: 1, maxLength: 3 }).map((harms) => {
    let result: unknown = document
    for (const [path, value] of harms) result = replaced(result, path, value)
    return result as T
  })
}

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const below = Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]))
  return path.length === 0 ? below : [path, ...below]
}

/** A copy; `undefined` takes the member away. */
function replaced(value: unknown, [name, ...rest]: Path, by: unknown): unknown {
  if (typeof value !== 'object' || value === null || name === undefined) return value
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
  if (rest.length > 0) copy[name] = replaced(copy[name], rest, by)
  else if (by === undefined && !Array.isArray(value)) delete copy[name]
  else copy[name] = by
  return copy
}

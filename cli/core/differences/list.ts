import { inWords, isAbsent, isObject, type JsonObject } from './value.ts'

/** A list whose items have names, so that items are compared one by one. */
interface NamedList {
  /** The member that holds an item's name. */
  readonly key: string
  /** Describes an item; it must not return a value that may be secret. */
  readonly words: (item: JsonObject) => string
}

export const NAMED_LISTS: ReadonlyMap<string, NamedList> = new Map([
  ['environment', { key: 'name', words: ({ name }) => `${name}` }],
  ['secrets', { key: 'name', words: ({ name }) => `${name}` }],
  [
    'mountPoints',
    {
      key: 'containerPath',
      words: ({ sourceVolume, containerPath, readOnly }) =>
        `${inWords(sourceVolume)} at ${containerPath}${readOnly === true ? ' (read-only)' : ''}`,
    },
  ],
  [
    'dependsOn',
    {
      key: 'containerName',
      words: ({ containerName, condition }) => `${containerName} (${inWords(condition)})`,
    },
  ],
])

/** The list's items by name; `undefined` unless it is a list of objects with unique names. */
export function itemsByName(value: unknown, key: string): ReadonlyMap<string, JsonObject> | undefined {
  if (isAbsent(value)) return new Map()
  if (!Array.isArray(value)) return undefined
  const items = new Map<string, JsonObject>()
  for (const item of value) {
    const name: unknown = isObject(item) ? item[key] : undefined
    if (typeof name !== 'string' || items.has(name)) return undefined
    items.set(name, item)
  }
  return items
}

/** The names of both, in their order, those of `after` first. */
export function namesOfBoth(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly string[] {
  return [...new Set([...after.keys(), ...before.keys()])]
}

/** `80/tcp, 8080:443/tcp`: all mappings in words; `undefined` if it is not a list of mappings. */
export function portMappingWords(value: unknown): string | undefined {
  if (isAbsent(value)) return ''
  if (!Array.isArray(value) || !value.every(isObject)) return undefined
  return value.map(portMapping).sort().join(', ')
}

function portMapping(mapping: JsonObject): string {
  const { containerPort, containerPortRange, hostPort, protocol = 'tcp', name, appProtocol } = mapping
  const port = containerPort ?? containerPortRange
  // For a mapping registered without a host port, ECS adds the same port (awsvpc, host) or 0 (bridge).
  const host = hostPort === undefined || hostPort === 0 || hostPort === port ? '' : `${inWords(hostPort)}:`
  const extras = [name, appProtocol].filter((extra) => typeof extra === 'string')
  return `${host}${inWords(port)}/${inWords(protocol)}${extras.length > 0 ? ` (${extras.join(', ')})` : ''}`
}

import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** The Query protocol does not name the service, but the API version identifies it. */
const SERVICES = { '2016-11-15': 'ec2', '2011-06-15': 'sts' } as const

/** Query protocol: a form with `Action`, `Version` and dotted names, e.g. `Filter.1.Value.2=subnet-1`. */
export function parseQueryCall(body: string): Omit<Call, 'signed'> {
  const { Action: operation, Version: version, ...input } = unfold(new URLSearchParams(body))
  const service = SERVICES[version as keyof typeof SERVICES]
  if (typeof operation !== 'string' || service === undefined) {
    throw new Refusal('InvalidAction', `The action ${operation} is not valid for this web service.`)
  }
  return { service, operation, input }
}

type Tree = Map<string, Tree | string>
export type QueryInput = string | readonly QueryInput[] | { readonly [name: string]: QueryInput }

function unfold(form: URLSearchParams): Readonly<Record<string, QueryInput>> {
  const root: Tree = new Map()
  for (const [path, value] of form) put(root, path.split('.'), value)
  return Object.fromEntries([...root].map(([name, node]) => [name, toInput(node)]))
}

function put(tree: Tree, [name = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree.set(name, value)
    return
  }
  const child = tree.get(name) ?? new Map()
  if (typeof child === 'string') {
    throw new Refusal('MalformedQueryString', `${name} has a value and members.`)
  }
  tree.set(name, child)
  put(child, rest, value)
}

/** Members with numeric names form a list. */
function toInput(node: Tree | string): QueryInput {
  if (typeof node === 'string') return node
  const members = [...node].map(([name, child]) => [name, toInput(child)] as const)
  if (!members.every(([name]) => /^\d+$/.test(name))) return Object.fromEntries(members)
  return members.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child)
}

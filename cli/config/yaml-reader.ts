import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml'
import { FargateLoginError } from '../core/error.ts'
import { invalid, shorten } from './invalid.ts'

type Entries = readonly (readonly [string, Pair])[]

/** Reads YAML nodes, and knows the line of each. */
export class YamlReader {
  readonly #path: string
  readonly #lines: LineCounter
  readonly #document: Document
  readonly #merging = new Set<Node>()
  /** A cache. Without it, mappings that merge mappings that merge mappings would take exponential time. */
  readonly #read = new Map<Node, Entries>()

  constructor(path: string, lines: LineCounter, document: Document) {
    this.#path = path
    this.#lines = lines
    this.#document = document
  }

  /** The entries of a mapping. It follows anchors, and adds merge keys (`<<`) below the mapping's own keys. */
  entries(given: Node | null, key: string): Entries {
    const node = this.#resolve(given)
    if (node === null || (isScalar(node) && node.value === null)) return []
    if (!isMap(node))
      throw invalid(this.where(given ?? node, key || 'the file'), 'a mapping', this.value(node))
    const before = this.#read.get(node)
    if (before) return before
    const merged = new Map<string, Pair>()
    const own = new Map<string, Pair>()
    for (const pair of node.items) {
      const name = this.#name(pair.key as Node | null, key)
      if (own.has(name)) throw this.#invalidAt(pair.key as Node, key, 'Map keys must be unique')
      if (name !== '<<') own.set(name, pair)
      else for (const [inherited, from] of this.#merged(pair.value as Node, key)) merged.set(inherited, from)
    }
    const entries = [...new Map([...merged, ...own])]
    this.#read.set(node, entries)
    return entries
  }

  /** The key in its original spelling. */
  #name(node: Node | null, key: string): string {
    const resolved = this.#resolve(node)
    if (isScalar(resolved)) {
      const { value, source } = resolved
      if (typeof value === 'string') return value
      if (typeof value === 'number' || typeof value === 'boolean') return source ?? String(value)
      // `<<` in a file that asks for YAML 1.1.
      if (typeof value === 'symbol') return '<<'
    }
    throw invalid(this.where(node, key || 'the file'), 'a name as key', this.value(resolved))
  }

  #merged(node: Node, key: string): Entries {
    if (this.#merging.has(node)) {
      throw this.#invalidAt(node, key, 'a mapping cannot merge itself')
    }
    this.#merging.add(node)
    const entries = this.#mergedEntries(node, key)
    this.#merging.delete(node)
    return entries
  }

  #mergedEntries(node: Node, key: string): Entries {
    const resolved = this.#resolve(node)
    // In a sequence, the first mapping wins.
    if (isSeq(resolved)) return resolved.items.toReversed().flatMap((item) => this.entries(item as Node, key))
    return this.entries(node, key)
  }

  #resolve(node: Node | null): Node | null {
    if (!isAlias(node)) return node
    const target = node.resolve(this.#document)
    if (target) return target
    throw this.#invalidAt(node, node.source, 'no such anchor before it')
  }

  /** A mapping of texts in their original spelling: `1.10` stays `1.10`. Errors hide values, which may be secret. */
  texts(node: Node | null, key: string): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.entries(node, key).map(([name, pair]) => {
        const text = this.#resolve(pair.value as Node | null)
        if (isScalar(text) && text.value !== null && /^[^=\0\s]+$/.test(name)) {
          const value = typeof text.value === 'string' ? text.value : (text.source ?? String(text.value))
          if (!value.includes('\0')) return [name, value]
        }
        throw this.#invalidAt(pair.key as Node, `${key}.${name}`, 'expected NAME: text')
      }),
    )
  }

  /** The plain value of a node, with anchors followed. */
  value(node: Node | null): unknown {
    const resolved = this.#resolve(node)
    try {
      return resolved === null ? null : resolved.toJS(this.#document)
    } catch (cause) {
      // A nested alias points nowhere or in a circle.
      const where = this.where(resolved as Node, 'anchors')
      throw new FargateLoginError('config-invalid', `${where}: ${(cause as Error).message}`, { cause })
    }
  }

  /** `FILE:LINE: KEY`, for errors. */
  where(node: Node | null, key: string): string {
    const line = node?.range ? this.#lines.linePos(node.range[0]).line : 1
    return `${this.#path}:${line}: ${shorten(key)}`
  }

  #invalidAt(node: Node, key: string, fact: string): FargateLoginError {
    return new FargateLoginError('config-invalid', `${this.where(node, key)}: ${fact}.`)
  }
}

import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml'
import { FargateLoginError } from '../../core/error.ts'
import { invalid, shorten } from '../invalid.ts'
import { VARIABLE_NAME } from '../parsers.ts'

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
      const earlier = own.get(name)
      if (earlier) throw this.#twice(name, key, earlier, pair)
      if (name !== '<<') own.set(name, pair)
      else for (const [inherited, from] of this.#merged(pair.value as Node, key)) merged.set(inherited, from)
    }
    const entries = [...new Map([...merged, ...own])]
    this.#read.set(node, entries)
    return entries
  }

  #twice(name: string, key: string, earlier: Pair, later: Pair): FargateLoginError {
    const path = key === '' ? name : `${key}.${name}`
    const line = this.#lineOf(earlier.key as Node)
    return this.#invalidAt(later.key as Node, path, `this key is already in line ${line}`)
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
        const value = this.text(pair.value as Node | null)
        if (value !== undefined && VARIABLE_NAME.test(name)) return [name, value]
        throw this.#invalidAt(pair.key as Node, `${key}.${name}`, 'expected NAME: text')
      }),
    )
  }

  /** A scalar's text in its original spelling; `undefined` for anything else, and for a text that has a NUL. */
  text(node: Node | null): string | undefined {
    const scalar = this.#resolve(node)
    if (!isScalar(scalar) || scalar.value === null) return undefined
    const text = typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value))
    return text.includes('\0') ? undefined : text
  }

  /** The texts of a sequence of scalars; `undefined` for anything else. */
  words(node: Node | null): readonly string[] | undefined {
    const sequence = this.#resolve(node)
    if (!isSeq(sequence)) return undefined
    const words = sequence.items.map((item) => this.text(item as Node | null))
    return words.every((word) => word !== undefined) ? words : undefined
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
    return `${this.#path}:${this.#lineOf(node)}: ${shorten(key)}`
  }

  #lineOf(node: Node | null): number {
    return node?.range ? this.#lines.linePos(node.range[0]).line : 1
  }

  #invalidAt(node: Node, key: string, fact: string): FargateLoginError {
    return new FargateLoginError('config-invalid', `${this.where(node, key)}: ${fact}.`)
  }
}

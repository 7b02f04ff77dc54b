import { LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import type { Config } from '../core/config/config.ts'
import { FargateLoginError } from '../core/error.ts'
import type { ConfigFile } from './file.ts'
import { invalid, shorten } from './invalid.ts'
import { type Layer, settings } from './named-settings.ts'
import { parserOf } from './parser.ts'
import { YamlReader } from './yaml-reader.ts'

/** @throws FargateLoginError `config-invalid`, with file, line and key */
export function parseConfigFile(path: string, source: string): ConfigFile {
  try {
    return readDocument(path, source)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new FargateLoginError('config-invalid', `${path}: ${TOO_DEEP}.`, { cause })
  }
}

const TOO_DEEP = 'lists and mappings are nested too deeply'

function readDocument(path: string, source: string): ConfigFile {
  const lines = new LineCounter()
  // YamlReader finds duplicate keys in linear time. The parser would compare each key with every other.
  const options = { lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: 'error' } as const
  const document = parseDocument(source, options)
  // The parser would drop an unknown tag, but `!Ref x` is not `x`.
  const error = document.errors[0] ?? document.warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED')
  if (error) {
    const at = lines.linePos(error.pos[0]).line
    throw new FargateLoginError('config-invalid', `${path}:${at}: ${firstLine(error.message)}`, {
      cause: error,
    })
  }
  const yaml = new YamlReader(path, lines, document)
  let defaults: Layer = {}
  const targets = new Map<string, Layer>()
  let shortcuts: Config['shortcuts'] = {}
  for (const [key, pair] of yaml.entries(document.contents as Node | null, '')) {
    if (key === 'defaults') defaults = readLayer(yaml, pair.value as Node | null, key)
    else if (key === 'targets') {
      for (const [name, target] of yaml.entries(pair.value as Node | null, key)) {
        targets.set(name, readLayer(yaml, target.value as Node | null, `${key}.${name}`))
      }
    } else if (key === 'shortcuts') shortcuts = readShortcuts(yaml, pair.value as Node | null, key)
    else throw unknown(yaml, pair, key, ['defaults', 'targets', 'shortcuts'])
  }
  return { path, defaults, targets, shortcuts }
}

function readLayer(yaml: YamlReader, node: Node | null, key: string): Layer {
  const layer: Record<string, unknown> = {}
  const known = settings.filter(({ onlyFlag }) => !onlyFlag)
  for (const [name, pair] of yaml.entries(node, key)) {
    const where = `${key}.${name}`
    const setting = known.find((candidate) => candidate.name === name)
    if (!setting)
      throw unknown(
        yaml,
        pair,
        where,
        known.map((candidate) => candidate.name),
      )
    const node = pair.value as Node | null
    const given = setting.row.kind === 'variables' ? yaml.texts(node, where) : yaml.value(node)
    const parser = parserOf(setting.row)
    const value = parser.fromYaml(given)
    if (value === undefined) throw invalid(yaml.where(pair.key as Node, where), parser.expects, given)
    layer[setting.key] = value
  }
  return layer as Layer
}

function readShortcuts(yaml: YamlReader, node: Node | null, key: string): Config['shortcuts'] {
  return Object.fromEntries(
    yaml.entries(node, key).map(([name, pair]) => {
      const command = yaml.value(pair.value as Node | null)
      const words = Array.isArray(command) && command.length > 0 && command.every(isWord)
      if ((isWord(command) && command.trim() !== '') || words) return [name, command]
      throw invalid(
        yaml.where(pair.key as Node, `${key}.${name}`),
        'a command line or a list of words',
        command,
      )
    }),
  )
}

/** A command line cannot contain a NUL. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0')
}

function unknown(yaml: YamlReader, pair: Pair, key: string, known: readonly string[]): FargateLoginError {
  const name = key.slice(key.lastIndexOf('.') + 1)
  return new FargateLoginError('config-invalid', `${yaml.where(pair.key as Node, key)}: unknown key.`, {
    hint: `${closest(name, known)}Known keys: ${known.join(', ')}.`,
  })
}

/** Suggests the key for a likely slip, such as `task_definition` or `taskDefinition`. */
function closest(name: string, known: readonly string[]): string {
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')
  const match = known.find((candidate) => bare(candidate) === bare(name))
  return match === undefined ? '' : `Did you mean "${match}"? `
}

function firstLine(text: string): string {
  if (/call stack/.test(text)) return `${TOO_DEEP}.`
  return shorten((text.split('\n')[0] ?? text).replace(/:$/, ''))
}

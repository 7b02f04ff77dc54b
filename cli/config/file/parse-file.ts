import { LineCounter, type Node, type Pair, parseDocument, type YAMLError } from 'yaml'
import type { Config } from '../../core/config/config.ts'
import { FargateLoginError } from '../../core/error.ts'
import { closest } from '../../core/text/closest.ts'
import { invalid, shorten } from '../invalid.ts'
import { type Layer, settings } from '../named-settings.ts'
import { parserOf } from '../parser.ts'
import type { ConfigFile } from './config-file.ts'
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
    throw new FargateLoginError('config-invalid', `${path}:${at}: ${yamlFault(error)}`, { cause: error })
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
      const node = pair.value as Node | null
      const words = yaml.words(node)
      if (words?.length) return [name, words]
      const command = yaml.value(node)
      if (isCommandLine(command)) return [name, command]
      throw invalid(
        yaml.where(pair.key as Node, `${key}.${name}`),
        'a command line or a list of words',
        command,
      )
    }),
  )
}

/** It cannot contain a NUL. */
function isCommandLine(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !value.includes('\0')
}

function unknown(yaml: YamlReader, pair: Pair, key: string, known: readonly string[]): FargateLoginError {
  const at = key.lastIndexOf('.') + 1
  const meant = closest(key.slice(at), known)
  const hint =
    meant !== undefined
      ? `Did you mean "${meant}"?`
      : at === 0 && settings.some(({ name, onlyFlag }) => name === key && !onlyFlag)
        ? `Put it below defaults: or below a target.`
        : `Known keys: ${known.join(', ')}.`
  return new FargateLoginError('config-invalid', `${yaml.where(pair.key as Node, key)}: unknown key.`, {
    hint,
  })
}

/** A fault of the syntax, in our words where the parser's are for programmers. */
function yamlFault({ code, message }: YAMLError): string {
  switch (code) {
    case 'MULTIPLE_DOCS':
      return 'a second YAML document begins here, and the file can have only one. Remove the line "---".'
    case 'TAB_AS_INDENT':
      return 'a tab indents this line. Use spaces.'
    default:
      return firstLine(message)
  }
}

function firstLine(text: string): string {
  if (/call stack/.test(text)) return `${TOO_DEEP}.`
  return shorten((text.split('\n')[0] ?? text).replace(/:$/, ''))
}

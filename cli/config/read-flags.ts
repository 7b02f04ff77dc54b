import type { Setting } from '../core/config/setting.ts'
import { withHint } from '../core/error.ts'
import { defaultOf, optionsOf } from './flags.ts'
import { invalid } from './invalid.ts'
import { type Layer, type NamedSetting, settings } from './named-settings.ts'
import { checkVariable } from './own-bytes.ts'
import { parserOf } from './parser.ts'

/** Commander's values, keyed by the flag's name in camel case. */
export type RawFlags = Readonly<Record<string, unknown>>

type Own = Readonly<Record<string, string | undefined>>

/** A setting whose flag takes a value. */
interface ValueSetting extends NamedSetting {
  readonly row: Exclude<Setting, { kind: 'switch' | 'flags' }>
}

/**
 * The layer of the command line.
 * @param own our own environment, for a bare `-e NAME`
 * @throws FargateLoginError `usage`, with the flag's name
 */
export function readFlags(raw: RawFlags, own: Own): Layer {
  const layer: Record<string, unknown> = {}
  for (const setting of settings) {
    const value = readFlag(setting, raw, own)
    if (value !== undefined) layer[setting.key] = value
  }
  return layer as Layer
}

function readFlag(setting: NamedSetting, raw: RawFlags, own: Own): unknown {
  const { row } = setting
  const options = optionsOf(setting)
  if (row.kind === 'flags') {
    const at = options.findIndex((option) => raw[option.attributeName()] === !option.negate)
    return Object.keys(row.flags)[at]
  }
  const [option] = options
  const given = option && raw[option.attributeName()]
  if (given === undefined) return undefined
  // Commander sets a switch that only has a --no- form to true if it is not given.
  if (row.kind === 'switch' && row.default === true && given === true) return undefined
  if (row.kind === 'switch') return given
  const texts = (Array.isArray(given) ? given : [given]) as readonly string[]
  const values = texts.map((text) => readText({ ...setting, row }, text, own))
  if (row.kind === 'variables') checkBare(texts, own)
  if (row.kind === 'forwards') return values.flat()
  if (row.kind !== 'variables') return values[0]
  return Object.fromEntries(values.flatMap((value) => Object.entries(value as object)))
}

/** A bare NAME passes our own value on. */
function checkBare(names: readonly string[], own: Own): void {
  for (const name of names) checkVariable(name, own[name] ?? '')
}

function readText({ name, row }: ValueSetting, text: string, own: Own): unknown {
  const parser = parserOf(row, own)
  const value = parser.fromText(text)
  if (value !== undefined) return value
  // A variable's value may be a secret, so an error shows only its name.
  const shown = row.kind === 'variables' ? text.replace(/=.*/s, '=…') : text
  throw withHint(invalid(`--${name}`, parser.expects, shown, 'usage'), hintFor(name, row))
}

function hintFor(name: string, row: ValueSetting['row']): string {
  if (row.kind === 'variables') {
    return `Write ${row.short ?? `--${name}`} ${row.argument}, or export the variable first: a bare NAME passes its value.`
  }
  const standard = defaultOf(row)
  return `Write --${name} ${row.argument}, or leave it out${standard === undefined ? '' : `; the default is ${standard}`}.`
}

import { optionsOf } from './flags.ts'
import { invalid } from './invalid.ts'
import { type Layer, type NamedSetting, settings } from './named-settings.ts'
import { parserOf } from './parser.ts'

/** What commander hands over, keyed by the flag's own name in camel case. */
export type RawFlags = Readonly<Record<string, unknown>>

type Own = Readonly<Record<string, string | undefined>>

/**
 * The layer that the command line sets.
 * @param own the variables that a bare `-e NAME` reads
 * @throws FargateLoginError `usage` that names the flag
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
  // Commander sets a switch that has only its --no- form to true where it is not given.
  if (row.kind === 'switch' && row.default === true && given === true) return undefined
  if (typeof given === 'boolean') return given
  const texts = (Array.isArray(given) ? given : [given]) as readonly string[]
  const values = texts.map((text) => readText(setting, text, own))
  if (row.kind !== 'variables') return values[0]
  return Object.fromEntries(values.flatMap((value) => Object.entries(value as object)))
}

function readText({ name, row }: NamedSetting, text: string, own: Own): unknown {
  const parser = parserOf(row, own)
  const value = parser.fromText(text)
  if (value !== undefined) return value
  // A value of a variable may be a secret: an error names the variable only.
  const shown = row.kind === 'variables' ? text.replace(/=.*/s, '=…') : text
  throw invalid(`--${name}`, parser.expects, shown, 'usage')
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEnvironment } from '../../cli/config/environment.ts'
import {
  hasVariable,
  type Layer,
  type NamedSetting,
  settings,
  variableName,
} from '../../cli/config/named-settings.ts'
import { readFlags } from '../../cli/config/read-flags.ts'
import { FargateLoginError } from '../../cli/core/error.ts'
import { foreign } from '../helpers/foreign.ts'

const given = fc.oneof(
  foreign,
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '-1',
    '1e3',
    '１',
    '0x10',
    ' 1',
    'true',
    ',',
    'a,,b',
    'http://[',
  ),
  fc.constantFrom('NaN', 'Infinity', '9'.repeat(400), 'x'.repeat(100_000), '__proto__=x', 'A=', '='),
)
const withVariable = fc.constantFrom(...settings.filter(hasVariable))
const withText = fc.constantFrom(...settings.filter(({ row }) => 'argument' in row))

/** The settings, or the message of our refusal; anything else fails the test. */
function read(call: () => Layer, code: string): Layer | string {
  try {
    return call()
  } catch (error) {
    if (!(error instanceof FargateLoginError)) throw error
    expect(error.code).toBe(code)
    expect(error.message.length).toBeLessThan(400)
    expect(error.message).not.toContain('\n')
    return error.message
  } finally {
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  }
}

function expectSound(layer: Layer, { key }: NamedSetting): void {
  expect(Object.keys(layer).every((name) => name === key)).toBe(true)
  expect(JSON.stringify(layer)).not.toContain('\\u0000')
}

describe('a setting of any text', () => {
  it('in a variable is taken, or refused by the name of the variable', () => {
    fc.assert(
      fc.property(withVariable, given, (setting, text) => {
        const name = variableName(setting)
        const layer = read(() => readEnvironment({ [name]: text }), 'config-invalid')
        if (typeof layer === 'string') expect(layer).toContain(`${name}: expected`)
        else expectSound(layer, setting)
      }),
      { numRuns: 1000 },
    )
  })

  it('in a flag is taken, or refused by the name of the flag', () => {
    fc.assert(
      fc.property(withText, given, (setting, text) => {
        const camel = setting.name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
        const raw = { [camel]: setting.row.kind === 'variables' ? [text] : text }
        const layer = read(() => readFlags(raw, { __proto__: 'x' } as never), 'usage')
        if (typeof layer === 'string') expect(layer).toContain(`--${setting.name}: expected`)
        else expectSound(layer, setting)
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps the value of a variable out of the refusal', () => {
    fc.assert(
      fc.property(foreign, (name) => {
        const said = read(() => readFlags({ env: [`${name.replaceAll('=', '')}\n=hunter2`] }, {}), 'usage')
        expect(said).not.toContain('hunter2')
      }),
    )
  })
})

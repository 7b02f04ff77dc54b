import fc from 'fast-check'
import { expect, it } from 'vitest'
import { printableJson } from '../../../cli/core/text/printable-json.ts'
import { printable } from '../../../cli/terminal/printable.ts'

it('is the same value, and nothing in it moves a terminal', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(fc.jsonValue(), fc.dictionary(text, text), (any, texts) => {
      const json = printableJson({ any, texts })
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ any, texts })))
      expect(printable(json)).toBe(json)
    }),
  )
})

it('escapes as JSON does', () => {
  expect(printableJson('\x1b[2J \x7f \u009b \u202e \u{e0001} é')).toBe(
    '"\\u001b[2J \\u007f \\u009b \\u202e \\udb40\\udc01 é"',
  )
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { wrapWords } from '../../../cli/core/text/wrap-words.ts'

it('breaks a text between words, and keeps a long word whole', () => {
  expect(wrapWords('one two three arn:aws:ecs:eu-west-1 four', 10)).toEqual([
    'one two',
    'three',
    'arn:aws:ecs:eu-west-1',
    'four',
  ])
  expect(wrapWords('', 10)).toEqual([''])
  expect(wrapWords('a\nb c', 10)).toEqual(['a', 'b c'])
})

it('loses nothing, and keeps to the width', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z ]*$/), fc.integer({ min: 1, max: 40 }), (text, width) => {
      const lines = wrapWords(text, width)
      expect(lines.join(' ')).toBe(text)
      for (const line of lines) expect(line.length <= width || !line.trim().includes(' ')).toBe(true)
    }),
  )
})

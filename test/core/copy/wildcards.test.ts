import { describe, expect, it } from 'vitest'
import { nameProblem } from '../../../cli/core/copy/listed-name.ts'
import { patternParts } from '../../../cli/core/copy/wildcards.ts'

function matches(pattern: string, name: string): boolean {
  const [part] = patternParts(pattern)
  return part?.kind === 'wildcard' ? part.matches(name) : part?.text === name
}

describe('a pattern', () => {
  it.each([
    ['*.log', 'a.log', true],
    ['*.log', 'a.logs', false],
    ['*', '.hidden', false],
    ['.h*', '.hidden', true],
    ['?', '日', true],
    ['?', '👍', true],
    ['?', 'ab', false],
    ['[a-c]x', 'bx', true],
    ['[a-c]x', 'dx', false],
    ['[!a-c]x', 'dx', true],
    ['[^a-c]x', 'ax', false],
    ['[]x]', ']', true],
    ['[a-]', '-', true],
    ['[z-a]', 'b', false],
    ['[\\d]', '5', false],
    ['a+(b)*', 'a+(b)c', true],
    ['new*', 'new\nline', true],
    ['[open', '[open', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a\\b', 'a\\b', true],
  ])('%s and the name %s: %s', (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected)
  })

  it('has its parts between the slashes', () => {
    expect(patternParts('/var/l*/x').map(({ kind }) => kind)).toEqual(['name', 'name', 'wildcard', 'name'])
  })
})

describe('a name that an SFTP server lists', () => {
  it.each(['a', '.a', '-', 'grüße', 'new\nline', 'a\\b', 'a:b', '~'])('can be %j', (name) => {
    expect(nameProblem(name)).toBeUndefined()
  })

  it.each(['', '.', '..', 'a/b', '../a', '/a', 'a/', './a', 'a\0b', 'a\ufffdb', 'a'.repeat(5000)])(
    'is refused if it is %j',
    (name) => {
      expect(nameProblem(name)).toBeDefined()
    },
  )
})
